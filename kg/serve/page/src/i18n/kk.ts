import { en, type Messages } from "./en";

export const kk: Messages = { ...en };
