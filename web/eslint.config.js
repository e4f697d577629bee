import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['**/build/**', '**/dist/**', '**/node_modules/**', 'native-server/**', 'core/**', 'k8s/**', 'tests/architecture/**', 'tests/native-server/**', 'tests/k8s/**', 'tests/bench/**', 'kit/**', '.ci/**', 'docs/**'],
  },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly', Response: 'readonly', TextDecoder: 'readonly', TextEncoder: 'readonly',
        URL: 'readonly', WebAssembly: 'readonly', process: 'readonly',
      },
    },
  },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', 400],
    },
  },
);
