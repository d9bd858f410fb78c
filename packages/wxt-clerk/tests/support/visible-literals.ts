import { type ESTree, parseSync } from 'vite';

type Node = ESTree.Node;

/** Attributes and properties whose value a person reads or hears. */
const SPOKEN = ['aria-label', 'aria-description', 'alt', 'label', 'placeholder', 'title', 'textContent'];
const UNSPOKEN = ['className', 'style', 'lang'];

const LETTER = /\p{L}/u;
// Two words in a row, a capitalised word, or one with an ellipsis: no name of a class, a message or a text looks like that.
const PROSE = /(?<![\p{L}-])\p{L}{2,}[,.:;]?\s+\p{L}{2,}|^\p{Lu}\p{Ll}{2,}|\p{L} ?…/u;

/**
 * Finds what a source file would show to people in one language only, instead of by `localized`.
 *
 * @returns The literals, in their order. Texts of thrown errors are for developers and not among them.
 */
export function findVisibleLiterals(file: string, source: string): string[] {
  const found: string[] = [];

  function look(value: unknown, suspicious = PROSE): void {
    if (typeof value === 'string' && suspicious.test(value)) found.push(value.trim().replace(/\s+/g, ' '));
    else if (Array.isArray(value)) for (const item of value) look(item, suspicious);
    else if (isNode(value)) visit(value, suspicious);
  }

  function lookAtNamed(name: string, value: unknown): void {
    if (!UNSPOKEN.includes(name)) look(value, SPOKEN.includes(name) ? LETTER : PROSE);
  }

  function visit(node: Node, suspicious: RegExp): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'NewExpression':
        break;
      case 'JSXText':
        look(node.value, LETTER);
        break;
      case 'Literal':
        look(node.value, suspicious);
        break;
      case 'TemplateElement':
        look(node.value.cooked, suspicious);
        break;
      case 'JSXAttribute':
        lookAtNamed(nameOf(node.name), node.value);
        break;
      case 'Property':
        lookAtNamed(nameOf(node.key), node.value);
        break;
      case 'AssignmentExpression':
        lookAtNamed(node.left.type === 'MemberExpression' ? nameOf(node.left.property) : '', node.right);
        break;
      case 'CallExpression':
        look(node.callee);
        if (nameOf(node.callee) !== 'localized') look(node.arguments);
        break;
      case 'JSXElement':
        look(node.openingElement.attributes);
        look(node.children, LETTER);
        break;
      case 'ConditionalExpression':
        look(node.test);
        look([node.consequent, node.alternate], suspicious);
        break;
      case 'JSXExpressionContainer':
      case 'LogicalExpression':
      case 'TemplateLiteral':
        look(childrenOf(node), suspicious);
        break;
      default:
        look(childrenOf(node));
    }
  }

  look(parseSync(file, source).program);
  return found;
}

/** Finds the same in a page: its texts and spoken attributes, those of templates included. */
export function findVisibleLiteralsOfPage(html: string): string[] {
  const look = (node: globalThis.Node): string[] => {
    if (node.nodeType === 3) return [node.textContent ?? ''];
    if (node.nodeName === 'SCRIPT' || node.nodeName === 'STYLE') return [];
    const attributes = SPOKEN.map((name) => (node as Element).getAttribute?.(name) ?? '');
    const within = node instanceof HTMLTemplateElement ? node.content : node;
    return [...attributes, ...[...within.childNodes].flatMap(look)];
  };
  return look(new DOMParser().parseFromString(html, 'text/html').documentElement)
    .map((text) => text.trim())
    .filter((text) => LETTER.test(text));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

// Not the names that a node has as plain strings: of variables, operators, types.
function childrenOf(node: Node): unknown[] {
  return Object.values(node).filter((value) => typeof value !== 'string');
}

function nameOf(node: Node): string {
  if (node.type === 'Literal') return String(node.value);
  return 'name' in node && typeof node.name === 'string' ? node.name : '';
}
