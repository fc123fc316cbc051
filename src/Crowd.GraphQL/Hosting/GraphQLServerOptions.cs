using System.ComponentModel.DataAnnotations;
using Crowd.GraphQL.Language;

namespace Crowd.GraphQL;

/// <summary>Limits and switches of a server. Each limit answers with a code of <see cref="ErrorCodes"/>.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>Limits on tokens and nesting while parsing.</summary>
    public ParserOptions Parser { get; set; } = ParserOptions.Default;

    /// <summary>Documents kept parsed and validated, also those that were refused. Up to twice as many are held for a while. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int DocumentCacheSize { get; set; } = 1_000;

    /// <summary>Longest document that is kept, in bytes; longer ones are prepared for each request. Default 64 KiB.</summary>
    [Range(0, int.MaxValue)]
    public int MaxCachedDocumentBytes { get; set; } = 64 << 10;

    /// <summary>Deepest nesting of fields. Default 20.</summary>
    [Range(1, 1_000)]
    public int MaxDepth { get; set; } = 20;

    /// <summary>Deepest nesting of fields below an introspection field. Default 20, which the usual tools stay within.</summary>
    [Range(1, 1_000)]
    public int MaxIntrospectionDepth { get; set; } = 20;

    /// <summary>Most aliases of an operation, fragments counted each time they are spread. Default 200.</summary>
    [Range(0, 1_000_000)]
    public int MaxAliases { get; set; } = 200;

    /// <summary>Most objects and lists an operation may ask for, pages multiplied. Default 100,000.</summary>
    [Range(1, long.MaxValue)]
    public long MaxCost { get; set; } = 100_000;

    /// <summary>What the size of a page counts as when it is given by a variable. Default 50.</summary>
    [Range(1, 1_000_000)]
    public int AssumedPageSize { get; set; } = Page.DefaultSize;

    /// <summary>Longest execution of a query or mutation. Default 30 s; infinite is allowed.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether clients may read the schema. Default true.</summary>
    public bool AllowIntrospection { get; set; } = true;

    /// <summary>Documents known by hash, and whether others are refused. Default none.</summary>
    public TrustedDocuments? TrustedDocuments { get; set; }

    /// <summary>Largest body of a request in bytes. Default 1 MiB.</summary>
    [Range(1, int.MaxValue)]
    public int MaxRequestBytes { get; set; } = 1 << 20;

    /// <summary>Most operations a connection may have under way at once. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxSubscriptionsPerConnection { get; set; } = 2_000;

    /// <summary>How often an idle stream or socket is shown to be alive. Default 15 s.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a socket may wait before its <c>connection_init</c>. Default 10 s.</summary>
    public TimeSpan ConnectionInitTimeout { get; set; } = TimeSpan.FromSeconds(10);
}
