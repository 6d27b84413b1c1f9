// Addresses of the portal, all behind '#': the server serves one page.
import { createHashRouter } from "react-router";
import { ApplyPage } from "./apply/apply_page.tsx";
import { StandingPage } from "./apply/standing_page.tsx";
import { EditPage } from "./form/edit_page.tsx";
import { Frame } from "./layout/frame.tsx";
import { Message } from "./layout/states.tsx";
import { KeyPage } from "./key/key_page.tsx";
import { RequestPage } from "./requests/request_page.tsx";
import { RequestsPage } from "./requests/requests_page.tsx";
import { EnrolPage } from "./session/enrol_page.tsx";
import { SignedIn } from "./session/signed_in.tsx";
import { t } from "./texts/index.ts";

export const router = createHashRouter([
  {
    path: "/",
    element: <Frame />,
    errorElement: <Message title={t.errors.failed} text={t.errors.broken} />,
    children: [
      { path: "enrol/:token", element: <EnrolPage /> },
      { path: "apply", element: <ApplyPage /> },
      { path: "apply/standing", element: <StandingPage /> },
      {
        element: <SignedIn />,
        children: [
          { index: true, element: <RequestsPage /> },
          { path: "new", element: <EditPage key="new" /> },
          { path: "drafts/:draft", element: <EditPage key="draft" /> },
          { path: "requests/:id", element: <RequestPage /> },
          { path: "requests/:id/correct", element: <EditPage key="correct" /> },
          { path: "key", element: <KeyPage /> },
        ],
      },
      { path: "*", element: <Message title={t.errors.nowhere} text={t.errors.nowhereText} /> },
    ],
  },
]);
