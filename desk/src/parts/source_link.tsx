// An outlet, linked to where the article was read. Only http and https become links: an address from an article is not to be trusted.

export function safeUrl(url: string | null | undefined): string | null {
    if (!url) return null;
    try {
        const read = new URL(url);
        return read.protocol === "https:" || read.protocol === "http:" ? read.href : null;
    } catch {
        return null;
    }
}

export function SourceLink({ source, url }: { source: string | null; url: string | null | undefined }) {
    const href = safeUrl(url);
    const words = source ?? (href ? new URL(href).hostname : "no outlet named");
    return href ? (
        <a href={href} rel="noopener noreferrer nofollow" target="_blank" dir="auto">
            {words}
        </a>
    ) : (
        <span dir="auto">{words}</span>
    );
}
