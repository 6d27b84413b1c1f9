// A message as the schema has it; undefined: it tells of something that was done (a service message), and has none of this.
import type { Message, tl } from "@mtcute/core";

export const rawOf = (message: Message): tl.RawMessage | undefined => (message.raw._ === "message" ? message.raw : undefined);
export const entitiesOf = (message: Message): readonly tl.TypeMessageEntity[] => rawOf(message)?.entities ?? [];
