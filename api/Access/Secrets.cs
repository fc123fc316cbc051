using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Crowd.Api.Access;

/// <summary>Tokens of sessions and keys: 256 random bits, of which only a hash is kept.</summary>
public static class Secrets
{
    /// <summary>What the key of a program begins with.</summary>
    public const string KeyPrefix = "crowd_";

    /// <summary>A new token.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a token. The token has 256 random bits, so a plain hash cannot be guessed back.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
