import { en, type Messages } from "./en";

export const uz: Messages = { ...en };
