// What the legal desk needs of the messenger; the services implement it.
#pragma once

#include <optional>
#include <string>

#include "legal/requests/removal.h"
#include "store/tx.h"
#include "terms/category.h"

namespace heliograph::legal {

// What is said about a removal order beside its form.
struct RemovalOrder {
  std::int64_t request = 0;
  std::string authority;  // the agency's name
  std::string country;
  UnixSeconds received_at = 0;  // its hour runs from then
  terms::Category category = terms::Category::other_illegal;
};

class People {
 public:
  virtual ~People() = default;

  // Whom the form names, as of its time; 0: nobody, or nobody who can be found.
  virtual Result<UserId> find(store::Tx& tx, const RequestForm& form) const = 0;
  // Digits; empty: none.
  virtual Result<std::string> phone(store::Tx& tx, UserId user) const = 0;
  // What the platform's rules in force call this clause, and their version: "Fraud (version 2)"; nullopt:
  // they have none of this name.
  virtual std::optional<std::string> clause(std::string_view id) const = 0;
  // Whether this case shows that the account broke the rules: it is decided, something was done for it about
  // this account or what the account wrote, and that stands, or has ended with its own time. invalid
  // BREACH_CASE_UNFIT says why it does not.
  virtual Status check_breach(store::Tx& tx, std::int64_t case_id, UserId user) const = 0;
  // Puts what the order's form names before the moderators, as an authority's order. Gives the case's number.
  // invalid CONTENT_UNKNOWN: nothing public is there.
  virtual Result<std::int64_t> order_removal(store::Tx& tx, const RequestForm& form,
                                             const RemovalOrder& order) const = 0;
  // What has been decided of that case, of what the order named, and stands; nullopt: nothing yet, or it is
  // looked at again.
  virtual Result<std::optional<RemovalDecision>> removal_decision(store::Tx& tx,
                                                                  std::int64_t case_id) const = 0;
  // Tells the member, by the account that delivers notices. Whoever is gone is not told.
  virtual Status tell(store::Tx& tx, UserId user, const std::string& text) const = 0;
};

}  // namespace heliograph::legal
