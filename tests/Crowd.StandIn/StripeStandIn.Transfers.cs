using System.Text.Json.Nodes;

namespace Crowd.StandIn;

// Money out: connected accounts, transfers to them, payouts to their banks.
public sealed partial class StripeStandIn
{
    /// <summary>The worker has answered all of Stripe's questions: transfers and payouts are open.</summary>
    public void Onboard(string account) => Change(account, open: true, reason: null);

    /// <summary>Stripe closes transfers and payouts until something is handed in.</summary>
    public void Restrict(string account, string reason = "requirements.past_due") => Change(account, open: false, reason);

    /// <summary>The account's whole balance goes out to its bank, as it does on its own every day.</summary>
    /// <returns>The bank payout's id; null when there is nothing to pay out.</returns>
    public string? PayOut(string account, string currency)
    {
        lock (_lock)
        {
            var amount = Books.Balance(account, currency);
            if (amount <= 0 || !(bool)Find("account", account)["payouts_enabled"]!)
                return null;
            var payout = New("payout", "po");
            var id = Text(payout, "id")!;
            payout["amount"] = amount;
            payout["currency"] = currency;
            payout["automatic"] = true;
            payout["status"] = "in_transit";
            payout["arrival_date"] = Now() + 86_400;
            payout["failure_code"] = null;
            payout["failure_message"] = null;
            payout["metadata"] = new JsonObject();
            _payoutOwners[id] = account;
            foreach (var entry in Books.Entries.Where(e => e.Owner == account && e.Currency == currency && e.Payout is null))
                entry.Payout = id;
            payout["balance_transaction"] = Enter(account, "payout", -amount, currency, id);
            Books.Entries[^1].Payout = id;
            Happen("payout.created", payout, account);
            return id;
        }
    }

    /// <summary>The bank has taken the payout.</summary>
    public void Arrive(string payout)
    {
        lock (_lock)
        {
            var found = InTransit(payout);
            found["status"] = "paid";
            Happen("payout.paid", found, _payoutOwners[payout]);
        }
    }

    /// <summary>The bank sends the payout back; the money is on the account's balance again.</summary>
    public void Fail(string payout, string code = "account_closed")
    {
        lock (_lock)
        {
            var found = Find("payout", payout);
            if (Text(found, "status") == "failed")
                throw new InvalidOperationException($"{payout} has failed.");
            found["status"] = "failed";
            found["failure_code"] = code;
            found["failure_message"] = "The bank account has been closed.";
            found["failure_balance_transaction"] = Enter(_payoutOwners[payout], "payout_failure", Number(found, "amount"), Text(found, "currency")!, payout);
            Happen("payout.failed", found, _payoutOwners[payout]);
        }
    }

    /// <summary>Somebody takes a transfer back at Stripe's own pages.</summary>
    /// <param name="amount">In minor units; null for what is left of it.</param>
    public string Reverse(string transfer, long? amount = null)
    {
        lock (_lock)
            return Text(Reverse(Find("transfer", transfer), amount, []), "id")!;
    }

    /// <summary>The connected account's id of whom a bank payout is.</summary>
    public string OwnerOf(string payout) => _payoutOwners[payout];

    private JsonObject CreateAccount(StandInForm form)
    {
        foreach (var property in (string[])["fees][payer", "losses][payments", "requirement_collection", "stripe_dashboard][type"])
            form.Text($"controller[{property}]");
        var type = form.Text("type");
        var country = form.Text("country");
        var email = form.Text("email");
        var asked = form.Flag("capabilities[transfers][requested]") == true;
        form.Flag("capabilities[card_payments][requested]");
        form.Text("business_type");
        form.Text("tos_acceptance[service_agreement]");
        form.Text("business_profile[product_description]");
        form.Text("business_profile[url]");
        form.Text("business_profile[mcc]");
        var metadata = form.Map("metadata");
        form.RefuseRest();
        var account = New("account", "acct");
        account["type"] = type ?? "none";
        account["country"] = country ?? "US";
        account["email"] = email;
        account["default_currency"] = "usd";
        account["charges_enabled"] = false;
        account["payouts_enabled"] = false;
        account["details_submitted"] = false;
        account["capabilities"] = asked ? new JsonObject { ["transfers"] = "inactive" } : [];
        account["requirements"] = Requirements(["individual.verification.document", "external_account"], "requirements.past_due");
        account["metadata"] = metadata;
        return account;
    }

    private JsonObject CreateAccountLink(StandInForm form)
    {
        var account = Find("account", form.Required("account"));
        form.OneOf("type", "account_onboarding", "account_update");
        form.Required("refresh_url");
        form.Required("return_url");
        form.Text("collection_options[fields]");
        form.RefuseRest();
        return new()
        {
            ["object"] = "account_link",
            ["created"] = Now(),
            ["expires_at"] = Now() + 300,
            ["url"] = $"https://connect.stripe.com/setup/e/{Text(account, "id")}/{NextId("link")}",
        };
    }

    private JsonObject CreateTransfer(StandInForm form)
    {
        var amount = form.Amount("amount");
        var currency = form.Required("currency");
        var destination = form.Required("destination");
        var group = form.Text("transfer_group");
        var description = form.Text("description");
        var metadata = form.Map("metadata");
        form.RefuseRest();
        if (!_objects.TryGetValue(destination, out var account) || Text(account, "object") != "account")
            throw StandInError.Refused("resource_missing", $"No such destination: '{destination}'", "destination");
        if (Text((JsonObject)account["capabilities"]!, "transfers") != "active")
        {
            throw StandInError.Refused(
                "insufficient_capabilities_for_transfer", "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments");
        }

        if (Books.Balance(StandInBooks.Platform, currency) < amount)
            throw StandInError.Refused("balance_insufficient", "You have insufficient available funds in your Stripe account.");

        var transfer = New("transfer", "tr");
        var id = Text(transfer, "id")!;
        var payment = New("charge", "py");
        payment["amount"] = amount;
        payment["currency"] = currency;
        payment["source_transfer"] = id;
        transfer["amount"] = amount;
        transfer["amount_reversed"] = 0L;
        transfer["currency"] = currency;
        transfer["destination"] = destination;
        transfer["destination_payment"] = Text(payment, "id");
        transfer["description"] = description;
        transfer["transfer_group"] = group;
        transfer["reversed"] = false;
        transfer["metadata"] = metadata;
        transfer["reversals"] = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(), ["has_more"] = false, ["url"] = $"/v1/transfers/{id}/reversals" };
        transfer["balance_transaction"] = Enter(StandInBooks.Platform, "transfer", -amount, currency, id);
        Enter(destination, "payment", amount, currency, Text(payment, "id")!);
        Happen("transfer.created", transfer);
        return transfer;
    }

    private JsonObject ListTransfers(StandInForm form)
    {
        var group = form.Text("transfer_group");
        var destination = form.Text("destination");
        var from = form.Number("created[gte]");
        return Page(
            _objects.Values.Where(o => Text(o, "object") == "transfer" && (group is null || Text(o, "transfer_group") == group)
                && (destination is null || Text(o, "destination") == destination) && (from is null || Number(o, "created") >= from)).Reverse(),
            form, "/v1/transfers");
    }

    private JsonObject CreateReversal(StandInForm form, string id)
    {
        var transfer = Find("transfer", id);
        var amount = form.Text("amount") is null ? (long?)null : form.Amount("amount");
        form.Text("description");
        var metadata = form.Map("metadata");
        form.RefuseRest();
        return Reverse(transfer, amount, metadata);
    }

    private JsonObject Reverse(JsonObject transfer, long? wanted, JsonObject metadata)
    {
        var left = Number(transfer, "amount") - Number(transfer, "amount_reversed");
        var amount = wanted ?? left;
        var (id, currency, destination) = (Text(transfer, "id")!, Text(transfer, "currency")!, Text(transfer, "destination")!);
        if (left == 0 || amount > left)
            throw StandInError.Refused("transfer_reversal_too_large", $"Reversal amount ({amount}) is greater than the unreversed amount on the transfer ({left}).", "amount");
        if (Books.Balance(destination, currency) < amount)
            throw StandInError.Refused("balance_insufficient", "The connected account has insufficient funds to reverse the transfer.");
        var reversal = New("transfer_reversal", "trr");
        reversal["amount"] = amount;
        reversal["currency"] = currency;
        reversal["transfer"] = id;
        reversal["metadata"] = metadata;
        transfer["amount_reversed"] = Number(transfer, "amount_reversed") + amount;
        transfer["reversed"] = Number(transfer, "amount_reversed") == Number(transfer, "amount");
        ((JsonArray)transfer["reversals"]!["data"]!).Insert(0, reversal.DeepClone());
        reversal["balance_transaction"] = Enter(StandInBooks.Platform, "transfer_refund", amount, currency, Text(reversal, "id")!);
        Enter(destination, "payment_refund", -amount, currency, Text(transfer, "destination_payment")!);
        Happen("transfer.reversed", transfer);
        return reversal;
    }

    private JsonObject ListReversals(StandInForm form, string id)
    {
        Find("transfer", id);
        return Page(_objects.Values.Where(o => Text(o, "object") == "transfer_reversal" && Text(o, "transfer") == id).Reverse(), form, $"/v1/transfers/{id}/reversals");
    }

    private JsonObject ListPayouts(StandInForm form, string? account)
    {
        var status = form.Text("status");
        var from = form.Number("created[gte]");
        return Page(
            _objects.Values.Where(o => Text(o, "object") == "payout" && _payoutOwners[Text(o, "id")!] == account && (status is null || Text(o, "status") == status)
                && (from is null || Number(o, "created") >= from)).Reverse(),
            form, "/v1/payouts");
    }

    private JsonObject FindPayout(string id, string? account)
    {
        var payout = Find("payout", id);
        return _payoutOwners[id] == account ? payout : throw StandInError.Missing("payout", id);
    }

    private JsonObject InTransit(string id)
    {
        var payout = Find("payout", id);
        return Text(payout, "status") == "in_transit" ? payout : throw new InvalidOperationException($"{id} is {Text(payout, "status")}.");
    }

    private void Change(string id, bool open, string? reason)
    {
        lock (_lock)
        {
            var account = Find("account", id);
            account["payouts_enabled"] = open;
            account["details_submitted"] = true;
            account["capabilities"] = new JsonObject { ["transfers"] = open ? "active" : "inactive" };
            account["requirements"] = Requirements(open ? [] : ["individual.verification.document"], reason);
            Happen("account.updated", account, id);
        }
    }

    private static JsonObject Requirements(string[] due, string? reason) => new()
    {
        ["currently_due"] = new JsonArray([.. due.Select(d => (JsonNode)d)]),
        ["past_due"] = new JsonArray([.. due.Select(d => (JsonNode)d)]),
        ["disabled_reason"] = reason,
    };

    private readonly Dictionary<string, string> _payoutOwners = new(StringComparer.Ordinal);
}
