#include "services/bots/inline_questions.h"

namespace heliograph::services {

std::int64_t InlineQuestions::keep(InlineQuestion question) {
  const auto number = random_.next<std::int64_t>() | 1;  // not 0
  const std::scoped_lock lock(mutex_);
  const auto until = clock_.unix_seconds() + kept_for;
  if (!kept_.insert_or_assign(number, Kept{std::move(question), until}).second) return number;
  order_.push_back(number);
  if (order_.size() > kept_max) {
    kept_.erase(order_.front());
    order_.pop_front();
  }
  return number;
}

std::optional<InlineQuestion> InlineQuestions::find(std::int64_t number) const {
  const std::scoped_lock lock(mutex_);
  const auto found = kept_.find(number);
  if (found == kept_.end() || found->second.until <= clock_.unix_seconds()) return std::nullopt;
  return found->second.question;
}

}  // namespace heliograph::services
