export * from '#models/network/backend.ts';
