using Crowd.Api.Access;
using Crowd.Api.Hosting;

namespace Crowd.Api.Payments;

/// <summary>Where people come back to from the payment provider: only a place of this server, so that nobody is led astray.</summary>
internal static class ReturnAddress
{
    /// <summary>Most characters of a path.</summary>
    private const int Length = 500;

    /// <summary>The address of a path on this server.</summary>
    public static Uri Of(string path, ApiOptions options) =>
        path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && !path.Contains('\\', StringComparison.Ordinal) && path.Length <= Length
        && Uri.TryCreate(options.PublicUrl, path, out var address) && address.Authority == options.PublicUrl.Authority
            ? address
            : throw Refusals.Invalid($"'{path}' is not a path on this server: give one that begins with a slash, of at most {Length} characters.");
}
