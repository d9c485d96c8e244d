/** Forces are reckoned here, beside the page, so that the page stays quick. */

import { settle, type Task } from "./settle";

addEventListener("message", (message: MessageEvent<Task & { turn: number }>) => {
  const { turn, ...task } = message.data;
  const rounds = task.nodes.length > 1500 ? 4 : 1;
  let nodes = task.nodes;
  for (let round = 1; round <= rounds; round++) {
    const at = settle({ ...task, nodes }, rounds, round === rounds);
    nodes = nodes.map((node, i) => ({ ...node, x: at[2 * i] as number, y: at[2 * i + 1] as number }));
    postMessage({ turn, at, done: round === rounds });
  }
});
