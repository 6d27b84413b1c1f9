declare module "virtual:theme.css";
declare module "virtual:world" {
  export const world: import("../console/world.ts").World;
}
