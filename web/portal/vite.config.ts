import { pageBuild } from "../shared/vite.ts";

export default pageBuild(import.meta.dirname, "portal");
