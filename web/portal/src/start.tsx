import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "virtual:theme.css";
import "../../shared/pages.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { t } from "./texts/index.ts";

document.title = `${t.nav.portal} · ${t.nav.product}`;
createRoot(document.getElementById("root")!).render(<App />);
