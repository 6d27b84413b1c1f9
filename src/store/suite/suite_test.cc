#include "store/suite/suite.h"

namespace heliograph::store::suite {

void StoreSuite::SetUp() {
  database = GetParam().create();
  reopen();
}

void StoreSuite::reopen(const Limits& limits) {
  store.reset();
  store = database->open(limits);
  ASSERT_NE(store, nullptr);
}

UserId StoreSuite::add_account(const std::string& first_name) {
  return must_write([=](Tx& tx) {
    Account account;
    account.first_name = first_name;
    return tx.accounts().insert(account);
  });
}

namespace {

Result<Message> put_in_box(Tx& tx, Message message) {
  HG_ASSIGN(auto appended, tx.messages().append(std::move(message)));
  auto& stored = appended.message;
  const bool outgoing = (stored.flags & message_out) != 0;
  HG_TRY(tx.dialogs().bump(stored.owner.user(), stored.peer, stored.id, stored.date, outgoing));
  Publication publication;
  publication.update.box = stored.owner;
  publication.update.kind = UpdateKind::new_message;
  publication.update.date = stored.date;
  publication.update.message_id = stored.id;
  HG_TRY(tx.updates().append(std::move(publication)));
  return std::move(stored);
}

}  // namespace

Message StoreSuite::send(UserId owner, UserId peer, const std::string& text, UnixSeconds date) {
  return must_write([=](Tx& tx) {
    Message message;
    message.owner = message.from = owner;
    message.peer = Peer::of(peer);
    message.flags = message_out;
    message.date = date;
    message.text = text;
    return put_in_box(tx, std::move(message));
  });
}

Message StoreSuite::receive(UserId owner, UserId peer, const std::string& text, UnixSeconds date) {
  return must_write([=](Tx& tx) {
    Message message;
    message.owner = owner;
    message.from = peer;
    message.peer = Peer::of(peer);
    message.date = date;
    message.text = text;
    return put_in_box(tx, std::move(message));
  });
}

void HistorySuite::SetUp() {
  StoreSuite::SetUp();
  for (int i = 1; i <= 20; ++i) send(ann, i % 2 ? eve : bob, "message " + std::to_string(i), 1000 + 10 * i);
}

std::vector<std::int32_t> HistorySuite::ids(const Page& page) {
  std::vector<std::int32_t> ids;
  for (const auto& message : page.messages) ids.push_back(message.id.value);
  return ids;
}

std::vector<std::int32_t> HistorySuite::page(const HistoryRange& range) {
  const auto got = must_read([&](Tx& tx) { return tx.messages().history(ann, Peer::of(bob), range); });
  EXPECT_EQ(got.total, 10);
  return ids(got);
}

std::vector<std::int32_t> HistorySuite::found(const SearchFilter& filter, const HistoryRange& range) {
  return found(filter, range, Peer::of(bob));
}

std::vector<std::int32_t> HistorySuite::found(const SearchFilter& filter, const HistoryRange& range,
                                              std::optional<Peer> peer) {
  const auto got = must_read([&](Tx& tx) { return tx.messages().search(ann, peer, filter, range); });
  total = got.total;
  return ids(got);
}

}  // namespace heliograph::store::suite
