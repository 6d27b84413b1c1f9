#include "web/portal/pieces.h"

namespace heliograph::web {

Result<std::optional<std::string>> Pieces::add(const std::string& whose, std::int64_t piece,
                                               std::int64_t pieces, std::string text) {
  const auto now = clock_.monotonic();
  const std::lock_guard lock(mutex_);
  const auto forget = [this](auto at) {
    bytes_ -= at->second.text.size();
    return begun_.erase(at);
  };
  for (auto at = begun_.begin(); at != begun_.end();) {
    const bool over = now - at->second.at > kept || (piece == 1 && at->first == whose);
    at = over ? forget(at) : std::next(at);
  }
  if (piece == 1 && pieces == 1) return std::optional(std::move(text));
  if (piece == 1) begun_[whose] = Begun{1, pieces, {}, now};
  const auto found = begun_.find(whose);
  if (found == begun_.end() || found->second.next != piece || found->second.pieces != pieces) {
    if (found != begun_.end()) forget(found);
    return fail(Error::invalid("PIECE_MISSING", "A piece before this one did not arrive. Begin again."));
  }
  auto& begun = found->second;
  if (begun.text.size() + text.size() > bytes_most) {
    forget(found);
    return fail(Error::invalid("PIECES_TOO_LONG", "All pieces together have at most 16 MiB."));
  }
  if (bytes_ + text.size() > all_bytes_most) {
    forget(found);
    return fail(Error::unavailable("PIECES_BUSY", "Too much is being sent at once. Try again later."));
  }
  begun.text += text;
  bytes_ += text.size();
  begun.at = now;
  if (begun.next++ < pieces) return std::optional<std::string>();
  auto whole = std::move(begun.text);
  bytes_ -= whole.size();
  begun_.erase(found);
  return std::optional(std::move(whole));
}

}  // namespace heliograph::web
