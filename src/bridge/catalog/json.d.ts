declare module "*.json" {
  const catalog: import("../catalog.ts").Catalog;
  export default catalog;
}
