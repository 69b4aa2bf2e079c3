-- Claim feeds that are due: whoever is given one polls it, nobody else until the lease ends.
--
-- A claimed slot is due again when its lease ends, so the work of a poller that died is taken over. A host's
-- limits hold over all pollers; a feed that must wait for its host is due again when that may have room.
--
-- KEYS  slots by when due, slots being polled, epochs, hosts, feed states
-- ARGV  how many at most, milliseconds of a lease; then for each host with limits of its own, the first time
--       for all others (""): its name, how many polls at once, milliseconds between its requests
-- Returns milliseconds until the next slot is due (-1: none is), and for each claim: slot, epoch, state ("")
local call = redis.call
local due, polling, leases, hosts, states = unpack(KEYS)
local most, lease = tonumber(ARGV[1]), tonumber(ARGV[2])
local WAIT = 200 -- for a host that has no room; about as long as a poll takes

local time = call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end

local limits = {}
for i = 3, #ARGV, 3 do limits[ARGV[i]] = {tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2])} end

call('ZREMRANGEBYSCORE', polling, '-inf', text(now))
local busy, pushed = {}, {}
for _, slot in ipairs(call('ZRANGE', polling, 0, -1)) do
  local host = string.match(slot, '^%S+')
  busy[host] = (busy[host] or 0) + 1
end

local claims, names = {}, {}
if most > 0 then
  for _, slot in ipairs(call('ZRANGEBYSCORE', due, '-inf', text(now), 'LIMIT', 0, most * 4)) do
    if #names == most then break end
    local host, feed = string.match(slot, '^(%S+) (.+)$')
    local at_once, gap = unpack(limits[host] or limits[''])
    local free = gap > 0 and tonumber(call('HGET', hosts, host) or 0) or 0
    local waiting = pushed[host] or 0
    if free > now then
      call('ZADD', due, text(free + waiting * gap), slot)
      pushed[host] = waiting + 1
    elseif (busy[host] or 0) >= at_once then
      call('ZADD', due, text(now + WAIT * (1 + math.floor(waiting / at_once))), slot)
      pushed[host] = waiting + 1
    else
      local epoch, ends = call('HINCRBY', leases, '', 1), text(now + lease)
      call('HSET', leases, slot, epoch)
      call('ZADD', polling, ends, slot)
      call('ZADD', due, ends, slot)
      if gap > 0 then call('HSET', hosts, host, text(now + gap)) end
      busy[host] = (busy[host] or 0) + 1
      local n = #claims
      claims[n + 1], claims[n + 2], claims[n + 3] = slot, epoch, ''
      names[#names + 1] = feed
    end
  end
end
if #names > 0 then
  for i, state in ipairs(call('HMGET', states, unpack(names))) do claims[i * 3] = state or '' end
end
local first = call('ZRANGE', due, 0, 0, 'WITHSCORES')[2]
local wait = -1
if first and first ~= 'inf' then wait = math.max(0, tonumber(first) - now) end
return {wait, claims}
