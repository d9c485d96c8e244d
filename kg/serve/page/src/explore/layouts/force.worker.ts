/** Forces are reckoned here, beside the page, so that the page stays quick. */

import { roundsFor, settle, type Task } from "./settle";

addEventListener("message", (message: MessageEvent<Task & { turn: number }>) => {
  const { turn, ...task } = message.data;
  const rounds = roundsFor(task.nodes.length);
  let round = 0;
  for (const at of settle(task, rounds)) {
    round += 1;
    postMessage({ turn, at, done: round === rounds.length });
  }
});
