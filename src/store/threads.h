// What is known of a thread without reading it: how many messages it has, who wrote last, and how far each
// account has read it. A thread is named by the box and the message that it begins with; its messages bear
// that number (store::Message::thread). The counts are the callers' to keep (services/chats/thread_counts.h).
#pragma once

#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/ids.h"
#include "base/peer.h"
#include "base/result.h"

namespace heliograph::store {

struct ThreadCount {
  static constexpr std::size_t recent_max = 3;
  std::int32_t replies = 0;
  MessageId max_id;          // the newest; 0: none
  std::vector<Peer> recent;  // who wrote last, as they are shown, each once, the latest first
};

// How far an account has read, and how far others have read what it wrote.
struct ThreadRead {
  MessageId inbox;
  MessageId outbox;
};

class Threads {
 public:
  virtual ~Threads() = default;
  // Zeros for what nobody has answered.
  virtual Result<ThreadCount> find(BoxId box, MessageId top) = 0;
  virtual Status put(BoxId box, MessageId top, const ThreadCount& count) = 0;
  // The thread has lost its beginning: the count goes, and what was read of it.
  virtual Status erase(BoxId box, MessageId top) = 0;

  // Zeros for one who has not read it.
  virtual Result<ThreadRead> read_by(UserId account, BoxId box, MessageId top) = 0;
  virtual Status set_read(UserId account, BoxId box, MessageId top, ThreadRead read) = 0;
  // What an account keeps about a thread; what it holds is for services to say. Empty: nothing.
  enum class Note : std::uint8_t { draft, notify };
  virtual Result<Bytes> note(UserId account, BoxId box, MessageId top, Note note) = 0;
  virtual Status set_note(UserId account, BoxId box, MessageId top, Note note, ByteView value) = 0;
  struct Noted {
    BoxId box;
    MessageId top;
    Bytes value;
  };
  // All that are not empty, in order of box and thread.
  virtual Result<std::vector<Noted>> notes(UserId account, Note note) = 0;
  // The account is gone: nothing says any more what it has read, or keeps.
  virtual Status forget_reader(UserId account) = 0;
  // How many messages of the thread come after this one and are not `except`'s own.
  virtual Result<std::int32_t> count_after(BoxId box, MessageId top, MessageId after, UserId except) = 0;
};

}  // namespace heliograph::store
