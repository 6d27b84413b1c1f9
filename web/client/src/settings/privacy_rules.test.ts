import type { tl } from "@mtcute/core";
import { expect, test } from "vitest";
import { audienceOf, audiences, exceptions, rulesFor } from "./privacy_rules.ts";

const user = (userId: number): tl.TypeInputUser => ({ _: "inputUser", userId, accessHash: 0 as unknown as tl.Long });
// What the server gives back for what it was given.
const answered = (rules: readonly tl.TypeInputPrivacyRule[]): tl.TypePrivacyRule[] =>
  rules.map((each) => ({ ...each, _: each._.replace("inputPrivacy", "privacy"), ...("users" in each ? { users: each.users.map((one) => ("userId" in one ? one.userId : 0)) } : {}) }) as tl.TypePrivacyRule);

test("what is chosen is what is read", () => {
  for (const audience of audiences) expect(audienceOf(answered(rulesFor(audience, [], user)))).toBe(audience);
});

test("exceptions outlive a change, and stand before the rule for all", () => {
  const before: tl.TypePrivacyRule[] = [{ _: "privacyValueDisallowUsers", users: [7, 8] }, { _: "privacyValueAllowChatParticipants", chats: [9] }, { _: "privacyValueAllowAll" }];
  const rules = rulesFor("nobody", before, user);
  expect(exceptions(answered(rules))).toBe(3);
  expect(rules.at(-1)?._).toBe("inputPrivacyValueDisallowAll");
});
