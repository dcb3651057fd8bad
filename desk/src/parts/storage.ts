// What this browser keeps of its user's choices. Where storage is closed to the page, a choice lasts as long as the tab.

export function kept(key: string): string | null {
    try {
        return localStorage.getItem(key);
    } catch {
        return null;
    }
}

export function keep(key: string, value: string): void {
    try {
        localStorage.setItem(key, value);
    } catch {
        // As above.
    }
}
