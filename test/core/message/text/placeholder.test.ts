import { expect, it } from 'vitest';
import { fill, fillWithExamples, placeholdersIn } from '#core/message/text/placeholder.ts';

it('finds names once, in order', () => {
  expect(placeholdersIn('{{entidad}}: {{ nombre }}, {{importe}}. {{entidad}} {{ñandú}} {x}')).toEqual([
    'entidad',
    'nombre',
    'importe',
    'ñandú',
  ]);
});

it('fills what it has and leaves the rest open', () => {
  expect(fill('{{n_de_10}} de 10, {{nombre}}, {{otro}}', { n_de_10: '7' })).toBe(
    '7 de 10, {{nombre}}, {{otro}}',
  );
  expect(fill('{{nombre}}', { nombre: '$& {{entidad}}' })).toBe('$& {{entidad}}');
  expect(fillWithExamples('{{nombre}} {{dias_mora}}')).toBe('Carolina 12');
});
