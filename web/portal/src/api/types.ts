// Short names for what docs/api/portal.yaml describes.
import type { components } from "./schema.d.ts";

type Schemas = components["schemas"];
export type Application = Schemas["Application"];
export type ApplicationStanding = Schemas["ApplicationStanding"];
export type Draft = Schemas["Draft"];
export type Entry = Schemas["Entry"];
export type File = Schemas["File"];
export type Form = Schemas["Form"];
export type Issuer = Schemas["Issuer"];
export type OwnRequest = Schemas["OwnRequest"];
export type PartOfForm = Schemas["PartOfForm"];
export type RequestSummary = Schemas["RequestSummary"];
export type Session = Schemas["Session"];
export type Type = Schemas["Type"];
export type TypeRules = Schemas["TypeRules"];
