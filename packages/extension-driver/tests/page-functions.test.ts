// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { describeTarget, findMatches, nameOf, roleOf, toWireTarget } from '../src/driver/page-functions.ts';

function firstOf(html: string, selector: string): Element {
  document.body.innerHTML = html;
  const element = document.querySelector(selector);
  if (element === null) throw new Error(`no ${selector} in ${html}`);
  return element;
}

beforeEach(() => {
  document.body.innerHTML = '';
});

describe('roleOf', () => {
  it.each([
    ['<button>x</button>', 'button'],
    ['<input type="submit">', 'button'],
    ['<input>', 'textbox'],
    ['<input type="email">', 'textbox'],
    ['<input type="password">', 'textbox'],
    ['<input type="checkbox">', 'checkbox'],
    ['<a href="/x">x</a>', 'link'],
    ['<a>x</a>', ''],
    ['<h2>x</h2>', 'heading'],
    ['<div role="menuitem">x</div>', 'menuitem'],
    ['<button role="tab">x</button>', 'tab'],
  ])('%s is "%s"', (html, role) => {
    expect(roleOf(firstOf(html, 'body > *'))).toBe(role);
  });
});

describe('nameOf', () => {
  it.each([
    ['the content', '<button>  Sign\n in </button>', 'Sign in'],
    ['aria-label before content', '<button aria-label="Close">×</button>', 'Close'],
    ['no hidden content', '<button><span aria-hidden="true">×</span> Close</button>', 'Close'],
    ['an image in the content', '<button><img alt="Google"> Continue</button>', 'Google Continue'],
    ['the title of an icon button', '<button title="Reload"><svg></svg></button>', 'Reload'],
    ['a placeholder as a last resort', '<input placeholder="Search">', 'Search'],
    ['the value of a submit field', '<input type="submit" value="Send">', 'Send'],
  ])('takes %s', (_rule, html, name) => {
    expect(nameOf(firstOf(html, 'button, input'))).toBe(name);
  });

  it('takes the label of a field, not what is typed in it', () => {
    const html = '<label for="a">Email address</label><input id="a" value="ann@example.com">';
    expect(nameOf(firstOf(html, 'input'))).toBe('Email address');
  });

  it('takes the referenced texts in their order', () => {
    const html = '<i id="a">Code</i><b id="b">Digit 1</b><input aria-labelledby="a b">';
    expect(nameOf(firstOf(html, 'input'))).toBe('Code Digit 1');
  });
});

describe('findMatches', () => {
  const html = '<button>Continue</button><button>Continue with Google</button><a href="/">Continue</a>';

  it('takes a string as the whole name', () => {
    document.body.innerHTML = html;
    expect(findMatches(toWireTarget({ role: 'button', name: 'Continue' }))).toHaveLength(1);
  });

  it('takes a pattern as a part of the name', () => {
    document.body.innerHTML = html;
    expect(findMatches(toWireTarget({ role: 'button', name: /^continue/gi }))).toHaveLength(2);
  });

  it('takes a selector as it is', () => {
    document.body.innerHTML = html;
    expect(findMatches(toWireTarget('a'))).toHaveLength(1);
  });
});

it.each([
  ['#send', '"#send"'],
  [{ role: 'button', name: 'Send' }, 'button "Send"'],
  [{ role: 'button', name: /^send/i }, 'button /^send/i'],
])('describes the target %j', (target, text) => {
  expect(describeTarget(target)).toBe(text);
});
