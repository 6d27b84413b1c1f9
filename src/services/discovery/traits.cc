#include "services/discovery/traits.h"

namespace heliograph::services {

namespace {

using search::Trait;

search::Traits traits_of(store::MessageKind kind) {
  using store::MessageKind;
  switch (kind) {
    case MessageKind::photo:
      return search::traits(Trait::photo);
    case MessageKind::video:
      return search::traits(Trait::video);
    case MessageKind::document:
      return search::traits(Trait::document);
    case MessageKind::music:
      return search::traits(Trait::music);
    case MessageKind::voice:
      return search::traits(Trait::voice);
    case MessageKind::round_video:
      return search::traits(Trait::round_video);
    case MessageKind::animation:
      return search::traits(Trait::animation);
    case MessageKind::poll:
      return search::traits(Trait::poll);
    case MessageKind::contact:
      return search::traits(Trait::contact);
    case MessageKind::geo:
      return search::traits(Trait::place);
    case MessageKind::plain:
    case MessageKind::sticker:
    case MessageKind::chat_photo:
      break;
  }
  return 0;
}

search::Traits link_if(bool there) {
  return there ? search::traits(Trait::link) : search::Traits{0};
}

}  // namespace

search::Traits traits_of(const store::Message& message) {
  return traits_of(message.kind) | link_if((message.flags & store::message_has_link) != 0);
}

search::Traits traits_of(const store::SearchFilter& filter) {
  auto traits = link_if(filter.links_only);
  for (const auto kind : filter.kinds) traits |= traits_of(kind);
  return traits;
}

}  // namespace heliograph::services
