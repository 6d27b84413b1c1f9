// The store's tables on one SQLite connection, each in a .cc of its own.
#pragma once

#include "store/sqlite/bot_tables.h"
#include "store/sqlite/case_table.h"
#include "store/sqlite/cell_proof_table.h"
#include "store/sqlite/console_tables.h"
#include "store/sqlite/deadlines.h"
#include "store/sqlite/guard_terms.h"
#include "store/sqlite/invite_tables.h"
#include "store/sqlite/journal_table.h"
#include "store/sqlite/ledger_table.h"
#include "store/sqlite/legal_table.h"
#include "store/sqlite/media_prints.h"
#include "store/sqlite/media_tables.h"
#include "store/sqlite/poll_tables.h"
#include "store/sqlite/report_table.h"
#include "store/sqlite/response_tables.h"
#include "store/sqlite/search_counts.h"
#include "store/sqlite/search_log.h"
#include "store/sqlite/session.h"
#include "store/sqlite/staff_table.h"
#include "store/sqlite/sticker_tables.h"
#include "store/sqlite/topic_table.h"
#include "store/sqlite/transparency_table.h"
#include "store/tx.h"

namespace heliograph::store::sqlite {

class SqliteAccounts final : public Accounts {
 public:
  explicit SqliteAccounts(Session& session) : session_(session), db_(session.db) {}
  Result<UserId> insert(const Account& account) override;
  Result<std::optional<Account>> find(UserId id) override;
  Result<std::vector<Account>> find_many(const std::vector<UserId>& ids) override;
  Result<std::optional<Account>> find_by_phone(ByteView phone_index) override;
  Result<std::optional<Account>> find_by_username(std::string_view username) override;
  Status update(const Account& account) override;
  Status set_last_online(UserId id, UnixSeconds at) override;
  Result<std::vector<UserId>> expired(UnixSeconds now, std::size_t limit) override;
  Status put_code(const SignInCode& code) override;
  Result<std::optional<SignInCode>> find_code(std::string_view code_hash) override;
  Result<std::vector<SignInCode>> codes_of(ByteView phone_index) override;
  Status delete_code(std::string_view code_hash) override;
  Status delete_codes_before(UnixSeconds expired_at) override;

 private:
  // A violated UNIQUE in the caller's words.
  Error occupied(const Error& error);

  Session& session_;
  Connection& db_;
};

class SqliteAuthKeys final : public AuthKeys {
 public:
  explicit SqliteAuthKeys(Session& session) : session_(session), db_(session.db) {}
  Status put(const AuthKey& key) override;
  Result<std::optional<AuthKey>> find(AuthKeyId id) override;
  Status erase(AuthKeyId id) override;
  Result<std::vector<AuthKey>> of_user(UserId user) override;
  Result<std::vector<AuthKeyId>> temporary_of(AuthKeyId permanent) override;
  Status touch(AuthKeyId id, UnixSeconds active_at, ByteView ip_sealed) override;
  Result<std::size_t> erase_stale(UnixSeconds now, UnixSeconds idle_since, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteChats final : public Chats {
 public:
  explicit SqliteChats(Session& session) : session_(session), db_(session.db) {}
  Result<Peer> insert(const Chat& chat) override;
  Result<std::optional<Chat>> find(Peer peer) override;
  Result<std::vector<Chat>> find_many(const std::vector<Peer>& peers) override;
  Status update(const Chat& chat) override;
  Result<std::optional<Peer>> resolve(std::string_view username) override;
  Result<std::vector<Peer>> named(Peer after, std::size_t limit) override;
  Result<std::vector<Peer>> list(Peer after, std::size_t limit) override;
  Result<std::optional<Member>> find_member(Peer chat, UserId user) override;
  Status put_member(const Member& member) override;
  Status set_wrote_at(Peer chat, UserId user, UnixSeconds at) override;
  Status erase_member(Peer chat, UserId user) override;
  Result<std::vector<Member>> members(Peer chat, const std::vector<MemberStatus>& statuses,
                                      std::size_t offset, std::size_t limit) override;
  Result<std::vector<Member>> search_members(Peer chat, const std::vector<MemberStatus>& statuses,
                                             std::string_view query, std::size_t offset,
                                             std::size_t limit) override;
  Result<std::size_t> count_members(Peer chat, const std::vector<MemberStatus>& statuses) override;
  Result<std::vector<Peer>> chats_of(UserId user, std::size_t limit) override;
  Result<std::vector<Peer>> left(UserId user, std::size_t offset, std::size_t limit) override;
  Result<std::size_t> count_left(UserId user) override;
  Result<std::vector<Peer>> common(UserId a, UserId b, Peer after, std::size_t limit) override;
  Result<std::vector<Peer>> administered(UserId user, std::size_t limit) override;
  Result<std::vector<Member>> expired(UnixSeconds now, std::size_t limit) override;
  Status put_channel_ban(const ChannelBan& ban) override;
  Status erase_channel_ban(Peer chat, Peer channel) override;
  Result<std::optional<ChannelBan>> find_channel_ban(Peer chat, Peer channel) override;
  Result<std::vector<ChannelBan>> channel_bans(Peer chat, std::size_t offset, std::size_t limit) override;
  Result<std::size_t> count_channel_bans(Peer chat) override;
  Result<bool> has_banned_channel(Peer chat, UserId owner) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteContacts final : public Contacts {
 public:
  explicit SqliteContacts(Session& session) : session_(session), db_(session.db) {}
  Status put(const Contact& contact) override;
  Status erase(UserId owner, UserId user) override;
  Result<std::optional<Contact>> find(UserId owner, UserId user) override;
  Result<std::vector<Contact>> of_owner(UserId owner) override;
  Result<std::size_t> count(UserId owner) override;
  Result<std::vector<UserId>> owners_having(UserId user, std::size_t limit) override;
  Status put_awaited(const AwaitedContact& contact) override;
  Result<std::vector<AwaitedContact>> awaiting(ByteView phone_index) override;
  Result<std::size_t> count_awaiting(ByteView phone_index, std::size_t limit) override;
  Result<std::size_t> count_awaited(UserId owner) override;
  Status erase_awaited(ByteView phone_index) override;
  Status erase_awaited_of(UserId owner, ByteView phone_index) override;
  Status erase_all(UserId owner) override;
  Status block(const Block& block) override;
  Status unblock(UserId owner, UserId user) override;
  Result<bool> is_blocked(UserId owner, UserId user) override;
  Result<std::vector<Block>> blocked(UserId owner, std::size_t offset, std::size_t limit) override;
  Result<std::size_t> count_blocked(UserId owner) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteDialogs final : public Dialogs {
 public:
  explicit SqliteDialogs(Session& session) : session_(session), db_(session.db) {}
  Result<std::optional<Dialog>> find(UserId owner, Peer peer) override;
  Status put(const Dialog& dialog) override;
  Status erase(UserId owner, Peer peer) override;
  Result<std::vector<Dialog>> list(UserId owner, std::int32_t folder_id, bool with_pinned,
                                   const DialogOffset& offset, std::size_t limit) override;
  Result<std::vector<Dialog>> pinned(UserId owner, std::int32_t folder_id) override;
  Result<std::size_t> count(UserId owner, std::int32_t folder_id) override;
  Result<std::int32_t> count_unread(UserId owner) override;
  Result<std::vector<Dialog>> unread(UserId owner, std::int32_t folder_id) override;
  Result<std::vector<Dialog>> with_drafts(UserId owner) override;
  Result<std::vector<Dialog>> marked_unread(UserId owner) override;
  Result<Dialog> bump(UserId owner, Peer peer, MessageId message_id, UnixSeconds date,
                      bool outgoing) override;
  Result<std::vector<UserId>> owners_with(UserId user, std::size_t limit) override;

 private:
  // Of a dialog with a channel, whose messages are not counted as they come.
  Status count_unread_of(Dialog& dialog);
  Result<std::vector<Dialog>> counted(Result<std::vector<Dialog>> dialogs);

  Session& session_;
  Connection& db_;
};

class SqliteMessages final : public Messages {
 public:
  explicit SqliteMessages(Session& session) : session_(session), db_(session.db) {}
  Result<Appended> append(Message message) override;
  Result<std::optional<Message>> find_by_random_id(BoxId owner, UserId from, std::int64_t random_id) override;
  Result<std::optional<Message>> find(BoxId owner, MessageId id) override;
  Result<std::vector<Message>> find_many(BoxId owner, const std::vector<MessageId>& ids) override;
  Result<std::vector<Message>> copies(std::int64_t link) override;
  Status update(const Message& message) override;
  Status erase(BoxId owner, MessageId id) override;
  Result<Page> history(BoxId owner, Peer peer, const HistoryRange& range) override;
  Result<Page> search(BoxId owner, std::optional<Peer> peer, const SearchFilter& filter,
                      const HistoryRange& range) override;
  Result<std::vector<SavedDialog>> saved_dialogs(UserId owner) override;
  Result<std::vector<FoundMessage>> places(BoxId owner, std::optional<Peer> peer,
                                           const SearchFilter& filter) override;
  Result<std::optional<Message>> newest(BoxId owner, Peer peer) override;
  Result<std::vector<MessageId>> ids_up_to(BoxId owner, Peer peer, MessageId max_id,
                                           std::size_t limit) override;
  Result<std::int32_t> count_incoming(BoxId owner, Peer peer, MessageId after, MessageId up_to) override;
  Result<MessageId> newest_outgoing(BoxId owner, Peer peer, MessageId up_to) override;
  Result<std::vector<Message>> expired(UnixSeconds now, std::size_t limit) override;
  Result<std::int32_t> count_between(BoxId owner, MessageId after, MessageId up_to, UserId except) override;
  Result<Message> append_scheduled(Message message) override;
  Result<std::vector<Message>> scheduled(BoxId owner, Peer peer) override;
  Result<std::optional<Message>> find_scheduled(BoxId owner, MessageId id) override;
  Status update_scheduled(const Message& message) override;
  Status erase_scheduled(BoxId owner, MessageId id) override;
  Result<std::vector<Message>> due(UnixSeconds now, std::size_t limit) override;
  Result<std::vector<Message>> scheduled_for(Peer peer, UnixSeconds date, UserId after_owner,
                                             MessageId after_id, std::size_t limit) override;

 private:
  enum class Direction : std::uint8_t { older, newer };
  // What the filter leaves of the messages before `from`, or of those from it on, the nearest first. Looks
  // at `limit` messages at most; false: there are others.
  Result<bool> look(BoxId owner, std::optional<Peer> peer, const SearchFilter& filter, Direction direction,
                    MessageId from, std::size_t limit, std::vector<FoundMessage>& found);
  // The id such that the dialog's messages with smaller ids are those older than `date`. `place`: see Queries
  // in history.cc.
  Result<MessageId> first_from(BoxId owner, const char* place, std::int64_t which, UnixSeconds date);

  Session& session_;
  Connection& db_;
};

class SqliteSettings final : public Settings {
 public:
  explicit SqliteSettings(Session& session) : session_(session), db_(session.db) {}
  Status put(UserId owner, SettingKind kind, std::int64_t key, ByteView value) override;
  Result<std::optional<Bytes>> find(UserId owner, SettingKind kind, std::int64_t key) override;
  Result<std::vector<Setting>> all(UserId owner, SettingKind kind) override;
  Status erase(UserId owner, SettingKind kind, std::int64_t key) override;
  Status erase_all(UserId owner) override;
  Result<std::optional<Bytes>> find_global(std::string_view name) override;
  Status put_global(std::string_view name, ByteView value) override;

 private:
  Session& session_;
  Connection& db_;
};

class SqliteUpdates final : public Updates {
 public:
  explicit SqliteUpdates(Session& session) : session_(session), db_(session.db) {}
  Result<Update> append(Publication publication) override;
  void publish_transient(Publication publication) override;
  Result<State> state(BoxId box) override;
  Result<std::vector<Update>> after_pts(BoxId box, std::int32_t pts, std::size_t limit) override;
  Result<std::size_t> count_after_pts(BoxId box, std::int32_t pts, std::size_t limit) override;
  Result<std::int32_t> oldest_pts(BoxId box) override;
  Result<std::vector<Update>> since(BoxId box, UnixSeconds date, std::size_t limit) override;
  Result<std::size_t> trim(UnixSeconds date, std::size_t limit) override;
  Status erase_all(BoxId box) override;

 private:
  Result<std::size_t> trim_box(BoxId box, UnixSeconds date, std::size_t limit);

  Session& session_;
  Connection& db_;
};

// The tables together, as a body sees them.
class SqliteTx final : public Tx,
                       public StaffTables,
                       public LegalTables,
                       public TransparencyTables,
                       public CellProofTables,
                       public SqliteConsole {
 public:
  explicit SqliteTx(Session& session)
      : SqliteConsole(session),
        accounts_(session),
        admin_log_(session),
        attention_(session),
        auth_keys_(session),
        bots_(session),
        cases_(session),
        cell_proofs_(session),
        chats_(session),
        contacts_(session),
        deadlines_(session),
        dialogs_(session),
        guard_terms_(session),
        invites_(session),
        journal_(session),
        judge_queue_(session),
        ledger_(session),
        legal_(session),
        media_(session),
        media_prints_(session),
        messages_(session),
        polls_(session),
        post_counts_(session),
        reactions_(session),
        reports_(session),
        search_counts_(session),
        search_log_(session),
        settings_(session),
        staff_(session),
        stickers_(session),
        threads_(session),
        topics_(session),
        transparency_(session),
        updates_(session),
        uploads_(session) {}
  Accounts& accounts() override { return accounts_; }
  AdminLog& admin_log() override { return admin_log_; }
  Attention& attention() override { return attention_; }
  AuthKeys& auth_keys() override { return auth_keys_; }
  Bots& bots() override { return bots_; }
  Cases& cases() override { return cases_; }
  CellProofs& cell_proofs() override { return cell_proofs_; }
  Chats& chats() override { return chats_; }
  Contacts& contacts() override { return contacts_; }
  Deadlines& deadlines() override { return deadlines_; }
  Dialogs& dialogs() override { return dialogs_; }
  GuardTerms& guard_terms() override { return guard_terms_; }
  Invites& invites() override { return invites_; }
  JournalTable& journal() override { return journal_; }
  JudgeQueue& judge_queue() override { return judge_queue_; }
  LedgerTable& ledger() override { return ledger_; }
  Legal& legal() override { return legal_; }
  MediaTable& media() override { return media_; }
  MediaPrints& media_prints() override { return media_prints_; }
  Messages& messages() override { return messages_; }
  Polls& polls() override { return polls_; }
  PostCounts& post_counts() override { return post_counts_; }
  Reactions& reactions() override { return reactions_; }
  Reports& reports() override { return reports_; }
  SearchCounts& search_counts() override { return search_counts_; }
  SearchLog& search_log() override { return search_log_; }
  Settings& settings() override { return settings_; }
  Staff& staff() override { return staff_; }
  Stickers& stickers() override { return stickers_; }
  Threads& threads() override { return threads_; }
  Topics& topics() override { return topics_; }
  Transparency& transparency() override { return transparency_; }
  Updates& updates() override { return updates_; }
  Uploads& uploads() override { return uploads_; }

 private:
  SqliteAccounts accounts_;
  SqliteAdminLog admin_log_;
  SqliteAttention attention_;
  SqliteAuthKeys auth_keys_;
  SqliteBots bots_;
  SqliteCases cases_;
  SqliteCellProofs cell_proofs_;
  SqliteChats chats_;
  SqliteContacts contacts_;
  SqliteDeadlines deadlines_;
  SqliteDialogs dialogs_;
  SqliteGuardTerms guard_terms_;
  SqliteInvites invites_;
  SqliteJournal journal_;
  SqliteJudgeQueue judge_queue_;
  SqliteLedger ledger_;
  SqliteLegal legal_;
  SqliteMedia media_;
  SqliteMediaPrints media_prints_;
  SqliteMessages messages_;
  SqlitePolls polls_;
  SqlitePostCounts post_counts_;
  SqliteReactions reactions_;
  SqliteReports reports_;
  SqliteSearchCounts search_counts_;
  SqliteSearchLog search_log_;
  SqliteSettings settings_;
  SqliteStaff staff_;
  SqliteStickers stickers_;
  SqliteThreads threads_;
  SqliteTopics topics_;
  SqliteTransparency transparency_;
  SqliteUpdates updates_;
  SqliteUploads uploads_;
};

}  // namespace heliograph::store::sqlite
