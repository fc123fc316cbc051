using Crowd.Domain;

namespace Crowd.Marketplace.Accounts;

/// <summary>One sign-in account. Key: <c>login_</c> and a hash of the e-mail address, so that an address has one account.</summary>
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Makes the account. Refused when the address has one.</summary>
    Task<Outcome<PersonId>> SignUpAsync(NewPerson person);

    /// <summary>Replaces the password's hash; sessions from before end.</summary>
    Task<Outcome<Done>> ChangePasswordAsync(string passwordHash, string stamp, string actor);

    Task<Outcome<Done>> GrantRoleAsync(StaffRole role, string actor);

    Task<Outcome<Done>> RevokeRoleAsync(StaffRole role, string actor);

    /// <summary>Keeps a key by the hash of its secret.</summary>
    Task<Outcome<ApiKeyId>> CreateKeyAsync(ApiKeyId key, string name, string secretHash, string actor);

    Task<Outcome<Done>> RevokeKeyAsync(ApiKeyId key, string actor);
}

/// <summary>A person as they sign up. Personal data; kept beside the log.</summary>
/// <param name="Id">The person's new id.</param>
/// <param name="Email">The address, normalised.</param>
/// <param name="Name">How the person wants to be called.</param>
/// <param name="PasswordHash">Hash of the password.</param>
/// <param name="Stamp">Changes when sessions are to end.</param>
public sealed record NewPerson(PersonId Id, string Email, string Name, string PasswordHash, string Stamp);

/// <summary>The key of an address's account.</summary>
public static class Login
{
    /// <summary>The grain's key for a normalised e-mail address.</summary>
    public static string Of(string email) =>
        "login_" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email)));
}
