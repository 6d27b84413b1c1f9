import { chats } from "./chats.ts";
import { common, errors } from "./common.ts";
import { compose } from "./compose.ts";
import { groups } from "./groups.ts";
import { history } from "./history.ts";
import { media } from "./media.ts";
import { report } from "./report.ts";
import { search } from "./search.ts";
import { settings } from "./settings.ts";
import { sign_in } from "./sign_in.ts";
import { info, ledger, links } from "./small.ts";

export const en = { common, errors, sign_in, chats, history, compose, media, search, report, groups, settings, info, links, ledger };
