import { mergeConfig } from "vite";
import { pageBuild } from "../shared/vite.ts";
import { worldMap } from "./world.ts";

export default mergeConfig(pageBuild(import.meta.dirname, "console"), { plugins: [worldMap()] });
