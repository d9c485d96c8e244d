/** What WebGL draws: nodes whose shape tells their class, and lines that can be dashed. */

import { EdgeProgram, NodeProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import type { ProgramInfo } from "sigma/rendering";
import { floatColor } from "sigma/utils";

const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;

/** The outline of a node, by the number that the shader knows it by. */
export const SHAPES = { circle: 0, square: 1, diamond: 2, hexagon: 3 } as const;
export type Shape = keyof typeof SHAPES;

export interface Dot extends NodeDisplayData {
  shape: Shape;
  rim: string;
}

export interface Line extends EdgeDisplayData {
  dashed: boolean;
  /** How far beside the straight line between its ends, in pixels. */
  offset: number;
}

const NODE_VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_rim;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_correctionRatio;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
const float bias = 255.0 / 254.0;
void main() {
  float size = a_size * u_correctionRatio / u_sizeRatio * 2.0;
  vec2 offset = a_corner * size * 1.3;
  gl_Position = vec4((u_matrix * vec3(a_position + offset, 1)).xy, 0, 1);
  v_at = a_corner * 1.3;
  v_shape = a_shape;
  v_pixel = u_sizeRatio / a_size;
  #ifdef PICKING_MODE
  v_color = a_id;
  v_rim = a_id;
  #else
  v_color = a_color;
  v_rim = a_rim;
  #endif
  v_color.a *= bias;
  v_rim.a *= bias;
}`;

const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec4 v_rim;
varying vec2 v_at;
varying float v_shape;
varying float v_pixel;
const vec4 nothing = vec4(0.0);
float outline(vec2 p) {
  vec2 a = abs(p);
  if (v_shape < 0.5) return length(p) - 1.0;
  if (v_shape < 1.5) return length(max(a - vec2(0.66), 0.0)) - 0.22;
  if (v_shape < 2.5) return (a.x + a.y - 1.25) * 0.7071;
  return max(a.x * 0.866 + a.y * 0.5, a.y) - 0.95;
}
void main(void) {
  float d = outline(v_at);
  #ifdef PICKING_MODE
  gl_FragColor = d > 0.15 ? nothing : v_color;
  #else
  float edge = v_pixel;
  float rim = 1.6 * v_pixel;
  vec4 inside = mix(v_color, v_rim, smoothstep(-rim - edge, -rim, d));
  gl_FragColor = mix(inside, nothing, smoothstep(-edge, 0.0, d));
  #endif
}`;

const NODE_UNIFORMS = ["u_sizeRatio", "u_correctionRatio", "u_matrix"] as const;

export class ShapeProgram extends NodeProgram<(typeof NODE_UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: NODE_VERTEX,
      FRAGMENT_SHADER_SOURCE: NODE_FRAGMENT,
      METHOD: TRIANGLES as number,
      UNIFORMS: NODE_UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_shape", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_rim", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [[-1, -1], [1, -1], [-1, 1], [-1, 1], [1, -1], [1, 1]],
    };
  }

  processVisibleItem(index: number, start: number, node: NodeDisplayData): void {
    const dot = node as Dot;
    const row = [dot.x, dot.y, dot.size, SHAPES[dot.shape], floatColor(dot.color), floatColor(dot.rim), index];
    this.array.set(row, start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): undefined {
    gl.uniform1f(uniformLocations["u_correctionRatio"] ?? null, params.correctionRatio);
    gl.uniform1f(uniformLocations["u_sizeRatio"] ?? null, params.sizeRatio);
    gl.uniformMatrix3fv(uniformLocations["u_matrix"] ?? null, false, params.matrix);
  }
}

const EDGE_VERTEX = /* glsl */ `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_normal;
attribute float a_dashed;
attribute float a_offset;
attribute float a_normalCoef;
attribute vec2 a_positionStart;
attribute vec2 a_positionEnd;
attribute float a_positionCoef;
uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_zoomRatio;
uniform float u_pixelRatio;
uniform float u_correctionRatio;
uniform float u_minEdgeThickness;
uniform float u_feather;
uniform vec2 u_viewport;
varying vec4 v_color;
varying vec2 v_normal;
varying float v_thickness;
varying float v_feather;
varying float v_along;
varying float v_dashed;
const float bias = 255.0 / 254.0;
void main() {
  vec2 normal = a_normal * a_normalCoef;
  vec2 position = mix(a_positionStart, a_positionEnd, a_positionCoef);
  float normalLength = length(normal);
  vec2 unitNormal = normal / normalLength;
  #ifdef PICKING_MODE
  float least = 9.0;
  #else
  float least = u_minEdgeThickness;
  #endif
  float pixels = max(normalLength, least * u_sizeRatio);
  float thickness = pixels * u_correctionRatio / u_sizeRatio;
  vec2 aside = unitNormal * a_normalCoef * a_offset * u_correctionRatio * 2.0;
  gl_Position = vec4((u_matrix * vec3(position + unitNormal * thickness + aside, 1)).xy, 0, 1);
  vec2 from = (u_matrix * vec3(a_positionStart, 1)).xy;
  vec2 to = (u_matrix * vec3(a_positionEnd, 1)).xy;
  v_along = length((to - from) * u_viewport * 0.5) * a_positionCoef;
  v_dashed = a_dashed;
  v_thickness = thickness / u_zoomRatio;
  v_normal = unitNormal;
  v_feather = u_feather * u_correctionRatio / u_zoomRatio / u_pixelRatio * 2.0;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= bias;
}`;

const EDGE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec4 v_color;
varying vec2 v_normal;
varying float v_thickness;
varying float v_feather;
varying float v_along;
varying float v_dashed;
const vec4 nothing = vec4(0.0);
void main(void) {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float side = smoothstep(v_thickness - v_feather, v_thickness, length(v_normal) * v_thickness);
  float gap = v_dashed > 0.5 && mod(v_along, 11.0) > 6.5 ? 1.0 : 0.0;
  gl_FragColor = mix(v_color, nothing, max(side, gap));
  #endif
}`;

const EDGE_UNIFORMS = [
  "u_matrix", "u_zoomRatio", "u_sizeRatio", "u_correctionRatio", "u_pixelRatio", "u_feather", "u_minEdgeThickness",
  "u_viewport",
] as const;

export class LineProgram extends EdgeProgram<(typeof EDGE_UNIFORMS)[number]> {
  override getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: EDGE_VERTEX,
      FRAGMENT_SHADER_SOURCE: EDGE_FRAGMENT,
      METHOD: TRIANGLES as number,
      UNIFORMS: EDGE_UNIFORMS,
      ATTRIBUTES: [
        { name: "a_positionStart", size: 2, type: FLOAT },
        { name: "a_positionEnd", size: 2, type: FLOAT },
        { name: "a_normal", size: 2, type: FLOAT },
        { name: "a_dashed", size: 1, type: FLOAT },
        { name: "a_offset", size: 1, type: FLOAT },
        { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
        { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: "a_positionCoef", size: 1, type: FLOAT },
        { name: "a_normalCoef", size: 1, type: FLOAT },
      ],
      CONSTANT_DATA: [[0, 1], [0, -1], [1, 1], [1, 1], [0, -1], [1, -1]],
    };
  }

  processVisibleItem(
    index: number, start: number, source: NodeDisplayData, target: NodeDisplayData, edge: EdgeDisplayData,
  ): void {
    const line = edge as Line;
    const [dx, dy] = [target.x - source.x, target.y - source.y];
    const scale = (line.size || 1) / (Math.hypot(dx, dy) || 1);
    const row = [
      source.x, source.y, target.x, target.y, -dy * scale, dx * scale, line.dashed ? 1 : 0, line.offset,
      floatColor(line.color), index,
    ];
    this.array.set(row, start);
  }

  override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): undefined {
    const at = (name: (typeof EDGE_UNIFORMS)[number]) => uniformLocations[name] ?? null;
    gl.uniformMatrix3fv(at("u_matrix"), false, params.matrix);
    gl.uniform1f(at("u_zoomRatio"), params.zoomRatio);
    gl.uniform1f(at("u_sizeRatio"), params.sizeRatio);
    gl.uniform1f(at("u_correctionRatio"), params.correctionRatio);
    gl.uniform1f(at("u_pixelRatio"), params.pixelRatio);
    gl.uniform1f(at("u_feather"), params.antiAliasingFeather);
    gl.uniform1f(at("u_minEdgeThickness"), params.minEdgeThickness);
    gl.uniform2f(at("u_viewport"), params.width, params.height);
  }
}
