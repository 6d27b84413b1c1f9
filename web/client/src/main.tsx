import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "virtual:theme.css";
import "./client.css";
import { startTexts } from "./texts/index.ts";

// Formats and words follow the language from their first use on, so it comes first.
await startTexts();
const { start } = await import("./app.tsx");
start(document.getElementById("root")!);
