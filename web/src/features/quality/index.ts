import { type Feature, screen } from '../feature.ts';
import Quality from './Quality.svelte';

const quality: Feature = {
  title: { es: 'Calidad', en: 'Quality' },
  order: 21,
  under: '/portfolio',
  screens: [screen('/portfolio/quality', Quality)],
};

export default quality;
