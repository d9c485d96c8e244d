/** Ask for a layout by forces: small graphs at once, others from a worker. */

import type { ViewGraph } from "../model";
import { roundsFor, settle, type Task } from "./settle";

export type Places = Map<string, { x: number; y: number }>;

const AT_ONCE = 90;
let worker: Worker | null = null;
let turn = 0;

/** Places for all nodes; `report` may be called several times, the last time with `done`. */
export function forces(graph: ViewGraph, ratio: number, report: (places: Places, done: boolean) => void): void {
  const ids = graph.nodes();
  const index = new Map(ids.map((id, at) => [id, at]));
  const task: Task = {
    nodes: graph.mapNodes((_, { x, y, size }) => ({ x, y, size })),
    ties: graph.mapEdges((_, { strand }, a, b) => [index.get(a) as number, index.get(b) as number, 1 + Math.log(strand.facts)]),
    ratio,
  };
  const named = (at: Float64Array): Places => new Map(ids.map((id, i) => [id, { x: at[2 * i] as number, y: at[2 * i + 1] as number }]));
  turn += 1;
  if (ids.length <= AT_ONCE) {
    for (const at of settle(task, roundsFor(ids.length))) report(named(at), true);
    return;
  }
  const hand = ready();
  hand.onmessage = (message: MessageEvent<{ turn: number; at: Float64Array; done: boolean }>) => {
    if (message.data.turn === turn) report(named(message.data.at), message.data.done);
  };
  hand.postMessage({ ...task, turn });
}

/** The worker; it is made before it is needed, since its script has to come first. */
export function ready(): Worker {
  worker ??= new Worker(new URL("./force.worker.ts", import.meta.url), { type: "module" });
  return worker;
}

/** An answer that is still to come is not wanted any more. */
export function forget(): void {
  turn += 1;
}
