// messages.setTyping.
#include "services/people/typing.h"

#include <algorithm>

#include "api/method.h"
#include "api/peers.h"
#include "tl/core_s.h"
#include "tl/fn_messages.h"

namespace heliograph::api {

namespace {

using services::TypingAction;
using tl::fn::messages::setTyping;

struct Action {
  TypingAction action = TypingAction::typing;
  std::int32_t progress = 0;
};

// None: there is nothing of the kind between two people here, and nobody to tell.
std::optional<Action> action_from(const tl::Box<tl::SendMessageAction>& input) {
  const auto upload = [&]<typename C>(TypingAction action) {
    return Action{action, input.get_if<C>()->progress};
  };
  switch (input.index()) {
    case tl::sendMessageTypingAction::kIndex:
      return Action{TypingAction::typing};
    case tl::sendMessageCancelAction::kIndex:
      return Action{TypingAction::cancel};
    case tl::sendMessageRecordVideoAction::kIndex:
      return Action{TypingAction::record_video};
    case tl::sendMessageUploadVideoAction::kIndex:
      return upload.operator()<tl::sendMessageUploadVideoAction>(TypingAction::upload_video);
    case tl::sendMessageRecordAudioAction::kIndex:
      return Action{TypingAction::record_audio};
    case tl::sendMessageUploadAudioAction::kIndex:
      return upload.operator()<tl::sendMessageUploadAudioAction>(TypingAction::upload_audio);
    case tl::sendMessageUploadPhotoAction::kIndex:
      return upload.operator()<tl::sendMessageUploadPhotoAction>(TypingAction::upload_photo);
    case tl::sendMessageUploadDocumentAction::kIndex:
      return upload.operator()<tl::sendMessageUploadDocumentAction>(TypingAction::upload_document);
    case tl::sendMessageGeoLocationAction::kIndex:
      return Action{TypingAction::geo_location};
    case tl::sendMessageChooseContactAction::kIndex:
      return Action{TypingAction::choose_contact};
    case tl::sendMessageGamePlayAction::kIndex:
      return Action{TypingAction::game_play};
    case tl::sendMessageRecordRoundAction::kIndex:
      return Action{TypingAction::record_round};
    case tl::sendMessageUploadRoundAction::kIndex:
      return upload.operator()<tl::sendMessageUploadRoundAction>(TypingAction::upload_round);
    case tl::sendMessageChooseStickerAction::kIndex:
      return Action{TypingAction::choose_sticker};
    default:
      return std::nullopt;
  }
}

Task<Result<setTyping::Reply>> set_typing(Context& context, setTyping& request) {
  CO_ASSIGN(const auto peer, co_await peer_from(context, request.peer));
  const auto action = action_from(request.action);
  if (!action)
    co_return fail(Error::invalid("MESSAGE_TYPE_INVALID", "This action cannot be shown to people."));
  if (!peer.is_user()) {
    CO_TRY(co_await context.services.typing.say_in_chat(
        context.caller, peer, MessageId{std::max(request.top_msg_id.value_or(0), 0)}, action->action,
        action->progress));
    co_return true;
  }
  CO_TRY(co_await context.services.typing.say(context.caller, peer.user(), action->action, action->progress));
  co_return true;
}

}  // namespace

void register_typing(Methods& methods) {
  methods.on(set_typing);
}

}  // namespace heliograph::api
