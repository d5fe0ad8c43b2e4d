import { type Feature, screen } from '../feature.ts';
import Channels from './Channels.svelte';

const channels: Feature = {
  title: { es: 'Canales', en: 'Channels' },
  order: 36,
  under: '/models',
  screens: [screen('/models/channels', Channels)],
};

export default channels;
