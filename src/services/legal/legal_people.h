// The messenger, as the legal desk needs it: who is meant, the phone number, what shows a breach of the
// rules, and telling members.
#pragma once

#include "legal/requests/people.h"
#include "safety/cases/intake.h"
#include "services/environment.h"

namespace heliograph::services {

class LegalPeople final : public legal::People {
 public:
  explicit LegalPeople(Environment& environment);

  // A username or a link means whoever has the name, or had it as of the form's time; a phone number, whoever
  // has it now. A link to a post means its author; to a channel or group alone, its creator.
  Result<UserId> find(store::Tx& tx, const legal::RequestForm& form) const override;
  Result<std::string> phone(store::Tx& tx, UserId user) const override;
  // Where nothing is judged, of the rules that the program carries.
  std::optional<std::string> clause(std::string_view id) const override;
  Status check_breach(store::Tx& tx, std::int64_t case_id, UserId user) const override;
  Result<std::int64_t> order_removal(store::Tx& tx, const legal::RequestForm& form,
                                     const legal::RemovalOrder& order) const override;
  Result<std::optional<legal::RemovalDecision>> removal_decision(store::Tx& tx,
                                                                 std::int64_t case_id) const override;
  Status tell(store::Tx& tx, UserId user, const std::string& text) const override;

 private:
  Environment& environment_;
  safety::Intake intake_;
};

// "https://t.me/news/31", "tg://resolve?domain=news&post=31", "news/31": a name and perhaps a number.
struct LinkParts {
  std::string username;
  std::int32_t message = 0;  // 0: the whole channel, or the person
};
std::optional<LinkParts> parse_legal_link(std::string_view link);

}  // namespace heliograph::services
