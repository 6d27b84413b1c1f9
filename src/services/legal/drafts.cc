// Drafts of agencies' officers.
#include "services/legal/legal_desk.h"

namespace heliograph::services {

namespace {

Bytes about_draft(std::int64_t officer) {
  return to_bytes(as_bytes("legal_drafts.sealed/" + std::to_string(officer)));
}

}  // namespace

Task<Result<std::vector<LegalDesk::Draft>>> LegalDesk::drafts(std::int64_t officer) {
  const auto look = [this, officer](store::Tx& tx) -> Result<std::vector<Draft>> {
    HG_TRY(legal::Agencies::standing(tx, officer));
    HG_ASSIGN(const auto rows, store::legal_of(tx).drafts(officer));
    std::vector<Draft> out;
    for (const auto& row : rows) {
      HG_ASSIGN(const auto bytes, sealer_.open(row.sealed, about_draft(officer)));
      out.push_back({row.id, row.changed_at, std::string(as_text(bytes))});
    }
    return out;
  };
  co_return co_await environment_.store.read(look);
}

Task<Result<std::int64_t>> LegalDesk::put_draft(std::int64_t officer, std::int64_t id, std::string text) {
  const auto act = [=, this](store::Tx& tx) -> Result<std::int64_t> {
    HG_TRY(legal::Agencies::standing(tx, officer));
    store::LegalDraft row{id, officer, environment_.clock.unix_seconds(), {}};
    row.sealed = sealer_.seal(as_bytes(text), about_draft(officer), environment_.random);
    if (id != 0) {
      HG_TRY(store::legal_of(tx).update_draft(row));
      return id;
    }
    HG_ASSIGN(const auto there, store::legal_of(tx).drafts(officer));
    if (there.size() >= drafts_most) {
      return fail(Error::invalid("DRAFTS_TOO_MANY", "There are 50 drafts: file some, or throw them away."));
    }
    return store::legal_of(tx).add_draft(row);
  };
  co_return co_await environment_.store.write(act);
}

Task<Status> LegalDesk::erase_draft(std::int64_t officer, std::int64_t id) {
  const auto act = [=](store::Tx& tx) -> Status {
    HG_TRY(legal::Agencies::standing(tx, officer));
    return store::legal_of(tx).erase_draft(officer, id);
  };
  co_return co_await environment_.store.write(act);
}

}  // namespace heliograph::services
