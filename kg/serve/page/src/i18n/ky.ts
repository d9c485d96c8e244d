import { en, type Messages } from "./en";

export const ky: Messages = { ...en };
