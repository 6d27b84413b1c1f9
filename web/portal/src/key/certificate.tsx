// What answers are signed with in CMS: to be compared with what the officer was told, and kept.
import { Button } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import { download } from "../../../shared/download.ts";
import type { Session } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Facts } from "../layout/page.tsx";
import { t } from "../texts/index.ts";

export function Certificate({ certificate }: { certificate: Session["answers_certificate"] }) {
  return (
    <>
      <Facts rows={[
        [t.key.certificate, <span key="print" className={classes.mono}>{certificate.sha256}</span>],
        [t.key.madeOutTo, certificate.subject],
        [t.key.certifiedBy, certificate.self_signed ? t.key.selfSigned : certificate.issuer],
        [t.key.validUntil, dateTime(certificate.valid_to)],
      ]} />
      <div><Button variant="default" onClick={() => download("answers.pem", certificate.pem, "application/x-pem-file")}>{t.key.saveCertificate}</Button></div>
    </>
  );
}
