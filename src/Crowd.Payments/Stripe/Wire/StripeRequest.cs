namespace Crowd.Payments;

/// <summary>One call of Stripe's API.</summary>
internal sealed record StripeRequest
{
    private StripeRequest(HttpMethod method, string path, StripeForm? form, string? idempotencyKey, string? account) =>
        (Method, Path, Form, IdempotencyKey, Account) = (method, path, form, idempotencyKey, account);

    public HttpMethod Method { get; }

    /// <summary>Begins with a slash; ids in it are escaped.</summary>
    public string Path { get; }

    public StripeForm? Form { get; }

    /// <summary>Null in a read.</summary>
    public string? IdempotencyKey { get; }

    /// <summary>The connected account that the call is made for; null for the platform's own.</summary>
    public string? Account { get; }

    /// <summary>A read: it may be repeated at will.</summary>
    public static StripeRequest Get(FormattableString path, StripeForm? form = null, string? account = null) =>
        new(HttpMethod.Get, Escaped(path), form, null, account);

    /// <summary>A write: whatever happens, it has one effect for the key.</summary>
    /// <param name="idempotencyKey">From 1 to 255 characters, derived from ids of ours.</param>
    public static StripeRequest Post(FormattableString path, StripeForm form, string idempotencyKey, string? account = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(idempotencyKey);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(idempotencyKey.Length, 255);
        return new(HttpMethod.Post, Escaped(path), form, idempotencyKey, account);
    }

    private static string Escaped(FormattableString path)
    {
        var ids = path.GetArguments();
        for (var i = 0; i < ids.Length; i++)
        {
            // An empty id would turn a retrieve into a list.
            ArgumentException.ThrowIfNullOrEmpty((string?)ids[i], nameof(path));
            ids[i] = Uri.EscapeDataString((string)ids[i]!);
        }

        return string.Format(System.Globalization.CultureInfo.InvariantCulture, path.Format, ids);
    }
}
