// What the administrators did, in a sentence.
import type { ChatAction, ChatMember } from "@mtcute/core";
import { nameOf, summary } from "../chats/names.ts";
import { plain } from "../history/plain.ts";
import { t } from "../texts/index.ts";

const said = (text: string): string => plain(text) || "–";
const member = (one: ChatMember): string => nameOf(one.user);
const onOff = (on: boolean): string => (on ? t("groups.on") : t("groups.off"));

export function logText(action: ChatAction): string {
  switch (action?.type) {
    case "user_joined": return t("groups.log.joined");
    case "user_joined_invite": return t("groups.log.joinedByLink");
    case "user_joined_approved": return t("groups.log.letIn", { by: nameOf(action.approvedBy) });
    case "user_left": return t("groups.log.left");
    case "user_invited": return t("groups.log.added", { user: member(action.member) });
    case "title_changed": return t("groups.log.title", { before: said(action.old), after: said(action.new) });
    case "description_changed": return t("groups.log.about", { after: said(action.new) });
    case "username_changed": return t("groups.log.username", { before: said(action.old), after: said(action.new) });
    case "photo_changed": return t("groups.log.photo");
    case "signatures_toggled": return t("groups.log.signatures", { state: onOff(action.new) });
    case "history_toggled": return t("groups.log.history", { state: onOff(action.new) });
    case "msg_pinned": return t("groups.log.pinned", { text: summary(action.message) });
    case "msg_edited": return t("groups.log.edited", { before: summary(action.old), after: summary(action.new) });
    case "msg_deleted": return t("groups.log.deleted", { text: summary(action.message) });
    case "msg_sent": return t("groups.log.sent", { text: summary(action.message) });
    case "user_perms_changed": return action.new.status === "banned" ? t("groups.log.banned", { user: member(action.new) }) : t("groups.log.restricted", { user: member(action.new) });
    case "user_admin_perms_changed": return action.new.status === "admin" ? t("groups.log.admin", { user: member(action.new) }) : t("groups.log.noAdmin", { user: member(action.new) });
    case "def_perms_changed": return t("groups.log.permissions");
    case "linked_chat_changed": return t("groups.log.discussion");
    case "slow_mode_changed": return t("groups.log.slow", { count: action.new });
    case "invite_edited": return t("groups.log.linkEdited", { link: action.new.link });
    case "invite_revoked": return t("groups.log.linkRevoked", { link: action.link.link });
    case "invite_deleted": return t("groups.log.linkDeleted", { link: action.link.link });
    case "poll_stopped": return t("groups.log.poll", { text: summary(action.message) });
    case "no_forwards_toggled": return t("groups.log.protected", { state: onOff(action.enabled) });
    case "forum_toggled": return t("groups.log.forum", { state: onOff(action.enabled) });
    case "ttl_changed": return t("groups.log.ttl");
    default: return t("groups.log.other");
  }
}
