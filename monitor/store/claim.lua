-- Take an alert for sending, by compare-and-set on Redis' own clock.
--
-- KEYS  ledger line
-- ARGV  a token unique to this call, milliseconds of the lease
-- Returns {state found, 1 if the caller holds the lease, since, channel, ts, note}. The state found is "new"
--       for a first attempt, "sending" for one whose outcome is unknown. A repeated call with the same token
--       (its reply was lost) returns what the first one did.
local line, token, lease = KEYS[1], ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local got = redis.call('HMGET', line, 'state', 'owner', 'until', 'found', 'since', 'channel', 'ts', 'note')
local state, owner, expires, found = got[1] or 'new', got[2], tonumber(got[3] or 0), got[4]
local since = tonumber(got[5] or 0)
local mine = 0

if state == 'sending' and owner == token then
  state, mine = found, 1
elseif state == 'new' or (state == 'sending' and now >= expires) then
  if state == 'new' then since = now end
  -- A write that Redis allows out of memory, so that it allows the next one too: delivery must go on then.
  redis.call('PERSIST', line)
  redis.call('HSET', line, 'state', 'sending', 'owner', token, 'until', string.format('%.0f', now + lease),
    'found', state, 'since', string.format('%.0f', since))
  mine = 1
end
return {state, mine, since, got[6] or '', got[7] or '', got[8] or ''}
