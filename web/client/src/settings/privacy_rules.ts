// Who may see or do something: everybody, contacts or nobody, and exceptions to it, which are left as they are.
import type { tl } from "@mtcute/core";

export type Audience = "everybody" | "contacts" | "nobody";
export const audiences = ["everybody", "contacts", "nobody"] as const satisfies readonly Audience[];

export const privacyKeys = {
  status: "inputPrivacyKeyStatusTimestamp", phone: "inputPrivacyKeyPhoneNumber", found: "inputPrivacyKeyAddedByPhone", photo: "inputPrivacyKeyProfilePhoto", about: "inputPrivacyKeyAbout",
  forwards: "inputPrivacyKeyForwards", invites: "inputPrivacyKeyChatInvite", voice: "inputPrivacyKeyVoiceMessages", birthday: "inputPrivacyKeyBirthday",
} as const;
export type PrivacyName = keyof typeof privacyKeys;

export function audienceOf(rules: readonly tl.TypePrivacyRule[]): Audience {
  if (rules.some((each) => each._ === "privacyValueAllowAll")) return "everybody";
  return rules.some((each) => each._ === "privacyValueAllowContacts") ? "contacts" : "nobody";
}

// How many people and chats stand as exceptions.
export function exceptions(rules: readonly tl.TypePrivacyRule[]): number {
  return rules.reduce((sum, each) => sum + ("users" in each ? each.users.length : "chats" in each ? each.chats.length : 0), 0);
}

const base: Record<Audience, readonly tl.TypeInputPrivacyRule[]> = {
  everybody: [{ _: "inputPrivacyValueAllowAll" }],
  contacts: [{ _: "inputPrivacyValueAllowContacts" }, { _: "inputPrivacyValueDisallowAll" }],
  nobody: [{ _: "inputPrivacyValueDisallowAll" }],
};

// `user` names a person to the server.
export function rulesFor(audience: Audience, before: readonly tl.TypePrivacyRule[], user: (id: number) => tl.TypeInputUser): tl.TypeInputPrivacyRule[] {
  const kept = before.flatMap((each): tl.TypeInputPrivacyRule[] => {
    switch (each._) {
      case "privacyValueAllowUsers": return [{ _: "inputPrivacyValueAllowUsers", users: each.users.map(user) }];
      case "privacyValueDisallowUsers": return [{ _: "inputPrivacyValueDisallowUsers", users: each.users.map(user) }];
      case "privacyValueAllowChatParticipants": return [{ _: "inputPrivacyValueAllowChatParticipants", chats: each.chats }];
      case "privacyValueDisallowChatParticipants": return [{ _: "inputPrivacyValueDisallowChatParticipants", chats: each.chats }];
      case "privacyValueAllowCloseFriends": return [{ _: "inputPrivacyValueAllowCloseFriends" }];
      default: return [];
    }
  });
  return [...kept, ...base[audience]];
}
