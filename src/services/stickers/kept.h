// The stickers that an account has used lately, and those it likes.
#pragma once

#include "services/caller.h"
#include "services/files/library.h"

namespace heliograph::services {

enum class KeptKind : std::uint8_t { recent = 0, faved = 1 };

struct KeptSticker {
  std::int64_t document = 0;
  UnixSeconds date = 0;
  void fields(auto& codec) { codec(document, date); }
};

class KeptStickers {
 public:
  static constexpr std::size_t recent_max = 200;
  static constexpr std::size_t faved_max = 5;  // the oldest goes

  KeptStickers(Environment& environment, Library& library) : environment_(environment), library_(library) {}

  // Puts it first, or takes it away; other devices are told. invalid STICKER_ID_INVALID (no sticker),
  // FILE_REFERENCE_*.
  Task<Status> keep(Caller caller, KeptKind kind, MediaName sticker, bool away);
  Task<Status> clear(Caller caller, KeptKind kind);

  struct List {
    std::vector<KeptSticker> kept;    // newest first
    std::vector<Document> documents;  // in that order
  };
  Task<Result<List>> list(UserId account, KeptKind kind);

 private:
  Environment& environment_;
  Library& library_;
};

}  // namespace heliograph::services
