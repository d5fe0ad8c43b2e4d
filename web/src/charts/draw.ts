import type { Spec } from './chart.ts';
import { type PictureFrame, titled } from './sheet.ts';

export interface Drawn {
  remove(): void;
}

/** Vega, asked for only when a chart is about to be seen. */
const vega = () =>
  Promise.all([import('vega'), import('vega-lite'), import('vega-interpreter'), import('vega-embed')]);

/** Draws a chart without making code from text, as the content security policy demands. */
export async function draw(place: HTMLElement, spec: Spec): Promise<Drawn> {
  const [, , interpreter, embed] = await vega();
  const result = await embed.default(place, spec as never, {
    mode: 'vega-lite',
    renderer: 'svg',
    actions: false,
    ast: true,
    expr: interpreter.expressionInterpreter,
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
  });
  return { remove: () => result.finalize() };
}

/** A chart of a fixed width as a file of its own, with its title and a background. */
export async function picture(spec: Spec, format: 'svg' | 'png', frame: PictureFrame): Promise<Blob> {
  const [{ parse, View }, { compile }, { expressionInterpreter }] = await vega();
  const whole = titled(spec, frame);
  const view = new View(parse(compile(whole).spec, undefined, { ast: true }), {
    expr: expressionInterpreter,
    renderer: 'none',
  });
  try {
    if (format === 'svg') return new Blob([await view.toSVG()], { type: 'image/svg+xml' });
    const canvas = (await view.toCanvas(2)) as unknown as HTMLCanvasElement;
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
    );
  } finally {
    view.finalize();
  }
}
