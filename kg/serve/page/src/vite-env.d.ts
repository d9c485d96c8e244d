/// <reference types="vite/client" />
declare module "*.json?url" {
  const address: string;
  export default address;
}
