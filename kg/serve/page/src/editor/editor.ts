export class Editor {
  element = document.createElement("div");
  constructor(_query: string, _shown: string) {}
}
