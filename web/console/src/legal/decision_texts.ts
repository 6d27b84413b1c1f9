// What the desk writes to agencies, to begin from: in the languages that the portal speaks. {names} are filled in.
import { fill } from "../../../shared/texts.ts";
import type { LegalRequest } from "../api/types.ts";

interface Decision {
  refusal: string;
  question: string;
  missing: string;
  grounds: Record<string, string>;
}

const texts: Record<string, Decision> = {
  en: {
    refusal: "Your request {id} in the matter {case} cannot be fulfilled.\n\n{ground}\n\nWhat we went by: {cites}. You may file a new request that meets this, or ask a court of competent jurisdiction to review our answer.",
    question: "To your request {id} in the matter {case} we need to know more before we can go on{annex}:\n\n{missing}\n\nPlease answer in the portal within five days. What we hold is preserved meanwhile.",
    missing: "- ",
    grounds: {
      not_authentic: "We could not verify that the request comes from the authority that it names.", not_competent: "The authority that issued or validated the order is not one that may issue an order of this type.", no_legal_basis: "The order names no law that lets you ask for these data.",
      incomplete: "What we asked you for did not come within the time.", too_broad: "The order asks for more than a phone number and IP addresses of a bounded time. Nothing else is disclosed.", order_expired: "The order's own time is over.", manifest_error: "The order contradicts itself, or has a manifest error.",
      impossible: "It cannot be done, for reasons that are not of our making.", immunity: "The person is protected by an immunity or a privilege.", press: "Disclosure would conflict with rules on the freedom of the press or of expression.", rights: "Disclosure would manifestly breach a fundamental right.",
      ne_bis_in_idem: "The person has been finally acquitted or convicted of the same act.", third_country: "Disclosure would conflict with the law of another country.", not_suspect: "The order does not say that the person is a suspect in a criminal matter. We disclose data of suspects alone.",
      not_breach: "Nothing that was submitted shows that the person broke the rules of the platform.", nothing_held: "We hold nothing that could be disclosed for this request.",
    },
  },
  de: {
    refusal: "Ihrem Ersuchen {id} in der Sache {case} kann nicht entsprochen werden.\n\n{ground}\n\nWonach wir uns gerichtet haben: {cites}. Sie können ein neues Ersuchen einreichen, das dem genügt, oder unsere Antwort von einem zuständigen Gericht überprüfen lassen.",
    question: "Zu Ihrem Ersuchen {id} in der Sache {case} müssen wir mehr wissen, bevor es weitergehen kann{annex}:\n\n{missing}\n\nBitte antworten Sie binnen fünf Tagen im Portal. Was wir haben, bleibt so lange gesichert.",
    missing: "- ",
    grounds: {
      not_authentic: "Wir konnten nicht prüfen, dass das Ersuchen von der Behörde kommt, die es nennt.", not_competent: "Wer die Anordnung erlassen oder validiert hat, darf eine Anordnung dieser Art nicht erlassen.", no_legal_basis: "Die Anordnung nennt kein Gesetz, nach dem diese Daten verlangt werden können.",
      incomplete: "Was wir erfragt haben, kam nicht innerhalb der Frist.", too_broad: "Die Anordnung verlangt mehr als eine Telefonnummer und IP-Adressen einer begrenzten Zeit. Anderes wird nicht herausgegeben.", order_expired: "Die eigene Frist der Anordnung ist um.", manifest_error: "Die Anordnung widerspricht sich selbst oder hat einen offensichtlichen Fehler.",
      impossible: "Es ist nicht möglich, aus Gründen, die wir nicht zu vertreten haben.", immunity: "Eine Immunität oder ein Vorrecht schützt die Person.", press: "Die Herausgabe würde Regeln über die Freiheit der Presse oder der Meinungsäußerung verletzen.", rights: "Die Herausgabe würde ein Grundrecht offensichtlich verletzen.",
      ne_bis_in_idem: "Die Person ist wegen derselben Tat rechtskräftig verurteilt oder freigesprochen.", third_country: "Die Herausgabe würde dem Recht eines anderen Landes widersprechen.", not_suspect: "Die Anordnung sagt nicht, dass die Person in einer Strafsache verdächtig ist. Wir geben nur Daten von Verdächtigen heraus.",
      not_breach: "Nichts von dem Eingereichten zeigt, dass die Person gegen die Regeln der Plattform verstoßen hat.", nothing_held: "Zu diesem Ersuchen haben wir nichts, was herausgegeben werden könnte.",
    },
  },
  fr: {
    refusal: "Il ne peut être donné suite à votre demande {id} dans l’affaire {case}.\n\n{ground}\n\nNous nous fondons sur : {cites}. Vous pouvez déposer une nouvelle demande qui y réponde, ou faire contrôler notre réponse par un tribunal compétent.",
    question: "Au sujet de votre demande {id} dans l’affaire {case}, il nous faut en savoir plus avant de poursuivre{annex} :\n\n{missing}\n\nVeuillez répondre dans le portail sous cinq jours. Ce que nous détenons est conservé entre-temps.",
    missing: "- ",
    grounds: {
      not_authentic: "Nous n’avons pas pu vérifier que la demande vient de l’autorité qu’elle nomme.", not_competent: "L’autorité qui a émis ou validé l’injonction n’a pas compétence pour une injonction de ce type.", no_legal_basis: "L’injonction ne cite aucune loi permettant de demander ces données.",
      incomplete: "Ce que nous avons demandé n’est pas venu dans le délai.", too_broad: "L’injonction demande plus qu’un numéro de téléphone et des adresses IP d’une période limitée. Rien d’autre n’est communiqué.", order_expired: "Le délai propre de l’injonction est passé.", manifest_error: "L’injonction se contredit ou comporte une erreur manifeste.",
      impossible: "C’est impossible, pour des raisons indépendantes de notre volonté.", immunity: "Une immunité ou un privilège protège la personne.", press: "La communication serait contraire aux règles sur la liberté de la presse ou d’expression.", rights: "La communication violerait manifestement un droit fondamental.",
      ne_bis_in_idem: "La personne a été définitivement acquittée ou condamnée pour les mêmes faits.", third_country: "La communication serait contraire au droit d’un autre pays.", not_suspect: "L’injonction ne dit pas que la personne est suspecte dans une affaire pénale. Nous ne communiquons que des données de suspects.",
      not_breach: "Rien de ce qui a été produit ne montre que la personne a enfreint les règles de la plateforme.", nothing_held: "Nous ne détenons rien qui puisse être communiqué pour cette demande.",
    },
  },
};

export const languagesOfDecisions = Object.keys(texts);

const facts = (found: LegalRequest) => ({ id: String(found.id), case: found.form.case_number ?? "–", cites: found.rules?.cites ?? found.jurisdiction.title });

export function refusalText(found: LegalRequest, ground: string, language: string): string {
  const words = texts[language] ?? texts["en"]!;
  return fill(words.refusal, { ...facts(found), ground: words.grounds[ground] ?? "" });
}

// Names the fields that the rules ask for and the form lacks; of an EPOC this is the form of Annex III.
export function questionText(found: LegalRequest, language: string): string {
  const words = texts[language] ?? texts["en"]!;
  const form = found.form as Record<string, unknown>;
  const lacks = (found.rules?.fields ?? []).filter((field) => (field === "order_file" ? !found.files.some((file) => file.kind === "order") : field === "period" ? !!form["wants_addresses"] && !form["to"] : field !== "gag_reason" && !form[field]));
  return fill(words.question, { ...facts(found), annex: found.type === "epoc" ? " (Annex III)" : "", missing: (lacks.length ? lacks : ["…"]).map((field) => words.missing + field).join("\n") });
}
