/** A layout by country, on a map that travels with the page (Natural Earth, by way of world-atlas). */

import { geoNaturalEarth1, geoPath } from "d3-geo";
import type { Feature, MultiPolygon, Polygon } from "geojson";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import atlas from "world-atlas/countries-50m.json?url";
import type { ViewGraph } from "../model";
import type { Places } from "./force";
import codes from "./countries.json";

export interface World {
  /** An outline of each country, and where its middle is, by ISO 3166-1 alpha-2 code; y grows downward. */
  countries: { code: string; outline: string }[];
  middles: Map<string, [number, number]>;
}

type Shape = Feature<Polygon | MultiPolygon, { name: string }>;

export const MAP_WIDTH = 1000;
/** How far from the middle of a country its people stand, in units of the map. */
const AROUND = 8;
let loaded: Promise<World> | null = null;

export function world(): Promise<World> {
  loaded ??= fetch(atlas)
    .then((response) => response.json() as Promise<Topology<{ countries: GeometryCollection<{ name: string }> }>>)
    .then(draw);
  return loaded;
}

function draw(topology: Topology<{ countries: GeometryCollection<{ name: string }> }>): World {
  const shapes = feature(topology, topology.objects.countries).features as Shape[];
  const projection = geoNaturalEarth1().fitWidth(MAP_WIDTH, { type: "Sphere" }).precision(0.5);
  const path = geoPath(projection).digits(1);
  const countries: World["countries"] = [];
  const middles: World["middles"] = new Map();
  for (const shape of shapes) {
    const code = (codes as Record<string, string>)[String(shape.id)] ?? "";
    const outline = path(shape);
    if (outline) countries.push({ code, outline });
    if (code) middles.set(code, path.centroid(mainland(shape)) as [number, number]);
  }
  return { countries, middles };
}

/** The largest part of a country: the middle of France is not in the Atlantic. */
function mainland(shape: Shape): Polygon {
  if (shape.geometry.type === "Polygon") return shape.geometry;
  const flat = geoPath();
  const parts = shape.geometry.coordinates.map((coordinates): Polygon => ({ type: "Polygon", coordinates }));
  return parts.reduce((best, part) => (Math.abs(flat.area(part)) > Math.abs(flat.area(best)) ? part : best));
}

/** Things stand in their country, what has none between the things that it is tied to, the rest below them. */
export function onMap(graph: ViewGraph, { middles }: World): Places {
  const places: Places = new Map();
  const crowd = new Map<string, number>();
  const put = (id: string, [x, y]: [number, number], first: boolean): void => {
    const key = `${Math.round(x)} ${Math.round(y)}`;
    const at = (crowd.get(key) ?? 0) + (first ? 0 : 1);
    crowd.set(key, at);
    const [angle, away] = [at * 2.39996, AROUND * Math.sqrt(at)];
    places.set(id, { x: x + Math.cos(angle) * away, y: -(y + Math.sin(angle) * away) });
  };
  const located = (id: string): [number, number] | undefined => middles.get(graph.getNodeAttribute(id, "node").country);
  const states = (id: string): boolean => graph.getNodeAttribute(id, "node").class === "State";
  for (const id of graph.filterNodes((n) => states(n))) {
    const middle = located(id);
    if (middle) put(id, middle, true);
  }
  for (const id of graph.filterNodes((n) => !states(n))) {
    const middle = located(id);
    if (middle) put(id, middle, false);
  }
  const rest = graph.filterNodes((id) => !places.has(id));
  for (const id of rest) {
    const near = graph.neighbors(id).map((other) => places.get(other)).filter((place) => place !== undefined);
    if (near.length === 0) continue;
    const mean = (axis: "x" | "y"): number => near.reduce((sum, place) => sum + place[axis], 0) / near.length;
    put(id, [mean("x"), -mean("y")], false);
  }
  const all = [...places.values()];
  const left = all.length > 0 ? Math.min(...all.map(({ x }) => x)) : MAP_WIDTH / 2;
  const below = all.length > 0 ? Math.max(...all.map(({ y }) => -y)) + 30 : 250;
  graph.filterNodes((n) => !places.has(n)).forEach((id, at) => places.set(id, { x: left + 20 + (at % 8) * 60, y: -(below + Math.floor(at / 8) * 14) }));
  return places;
}
