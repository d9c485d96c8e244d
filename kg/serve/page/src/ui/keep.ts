/** What this browser keeps for its reader. Where it may keep nothing, the page works and forgets. */

const PREFIX = "elchi.";

export function kept(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null; // storage is switched off
  }
}

export function keep(name: string, text: string): void {
  try {
    localStorage.setItem(PREFIX + name, text);
  } catch {
    /* storage is full or switched off: nothing of worth is lost */
  }
}
