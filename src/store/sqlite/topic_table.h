// The topics of forums, on one SQLite connection.
#pragma once

#include "store/sqlite/session.h"
#include "store/topics.h"

namespace heliograph::store::sqlite {

class SqliteTopics final : public Topics {
 public:
  explicit SqliteTopics(Session& session) : session_(session), db_(session.db) {}
  Result<std::optional<Topic>> find(BoxId box, MessageId id) override;
  Status put(const Topic& topic) override;
  Result<std::vector<Topic>> list(BoxId box, std::string_view text, MessageId below,
                                  std::size_t limit) override;
  Result<std::vector<Topic>> pinned(BoxId box, std::string_view text) override;
  Result<std::size_t> count(BoxId box, std::string_view text) override;
  Status erase_all(BoxId box) override;
  Result<bool> reached(BoxId box, MessageId topic, MessageId message) override;
  Status left(BoxId box, MessageId topic, MessageId message) override;
  Result<MessageId> gather(BoxId box, MessageId after, std::size_t limit) override;

 private:
  Session& session_;
  Connection& db_;
};

}  // namespace heliograph::store::sqlite
