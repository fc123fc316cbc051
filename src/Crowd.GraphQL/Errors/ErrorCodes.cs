namespace Crowd.GraphQL;

/// <summary>The values of <c>extensions.code</c> that this library itself gives. Stable: clients match on them.</summary>
public static class ErrorCodes
{
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";
    public const string BadUserInput = "BAD_USER_INPUT";
    public const string BadRequest = "BAD_REQUEST";
    public const string OperationNotFound = "OPERATION_NOT_FOUND";
    public const string MethodNotAllowed = "METHOD_NOT_ALLOWED";
    public const string Internal = "INTERNAL";
    public const string Cancelled = "CANCELLED";
    public const string Timeout = "TIMEOUT";
    public const string TokenLimit = "TOKEN_LIMIT";
    public const string DepthLimit = "DEPTH_LIMIT";
    public const string CostLimit = "COST_LIMIT";
    public const string AliasLimit = "ALIAS_LIMIT";
    public const string SizeLimit = "SIZE_LIMIT";
    public const string PageLimit = "PAGE_LIMIT";
    public const string SubscriptionLimit = "SUBSCRIPTION_LIMIT";
    public const string IntrospectionDisabled = "INTROSPECTION_DISABLED";
    public const string CrossSiteRefused = "CROSS_SITE_REFUSED";
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";
}
